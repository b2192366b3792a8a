import type { MyMeeting } from '../../../server/events/schema.ts';
import { t } from '../strings/text.ts';

/** What two who meet could talk about, drawn from why they were matched. */
export function Talk({ talk }: { talk: MyMeeting['talk'] }) {
  if (talk.length === 0) return null;
  return (
    <div class="event-talk">
      <h3>{t.event.talk}</h3>
      <ul>
        {talk.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
