import type { FeedbackValue, MyEvent, MyMeeting } from '../../../server/events/schema.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { t } from '../strings/text.ts';
import type { MyEventState } from './useMyEvent.ts';

const VALUES: readonly FeedbackValue[] = ['no', 'interesting', 'we-want-this'];

/** One click after a meeting; a second one changes the answer. Two 'we want this' lead on to the consortium. */
export function FeedbackButtons(props: { view: MyEvent; meeting: MyMeeting; act: MyEventState['act'] }) {
  const { view, meeting } = props;
  if (meeting.state === 'planned' || meeting.state === 'broken') return null;
  return (
    <div class="event-feedback">
      <p id={`feedback-${meeting.id}`}>{t.event.feedbackOf(meeting.partner.name)}</p>
      <div class="actions" role="group" aria-labelledby={`feedback-${meeting.id}`}>
        {VALUES.map((answer) => (
          <Button
            key={answer}
            kind={meeting.myFeedback === answer ? 'primary' : 'secondary'}
            pressed={meeting.myFeedback === answer}
            onClick={() =>
              void props.act(
                {
                  method: 'POST',
                  path: `/events/${view.event.id}/meetings/${meeting.id}/feedback`,
                  body: { answer },
                  about: `feedback ${meeting.id}`,
                },
                t.event.feedbackDone,
              )
            }
          >
            {t.event.feedbackValues[answer]}
          </Button>
        ))}
      </div>
      {meeting.consortiumId !== null && (
        <ButtonLink kind="primary" icon="check" href={`/consortia/${meeting.consortiumId}`}>
          {view.inConsortium ? t.event.consortiumOpen : t.event.consortiumSettle}
        </ButtonLink>
      )}
    </div>
  );
}
