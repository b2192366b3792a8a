import { useEffect, useState } from 'preact/hooks';
import type { DraftView, EventView, MeetingView, PlanEdit } from '../../../server/events/schema.ts';
import { api } from '../api/request.ts';
import { usePages } from '../api/usePages.ts';
import { place, setQuery } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import { SelectField } from '../components/fields.tsx';
import { Badge, CompanyLine } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { pointsOf } from '../partners/score.ts';
import { ChoiceFilter, filterValue } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { MoveMeeting, NoShow } from './MeetingDialogs.tsx';
import type { EventState } from './useEvent.ts';

/** The meetings, published or in the draft, with what staff may do by hand. */
export function Meetings({ event, state }: { event: EventView; state: EventState }) {
  const { query } = place.value;
  const [round, draft] = [query.get('round') ?? '', query.get('draft') ?? 'false'];
  const pages = usePages<MeetingView>(`/events/${event.id}/meetings`, {
    round,
    draft,
    sort: filterValue('sort'),
  });
  const [error, setError] = useState<unknown>(null);
  const staff = currentUser().role === 'staff';
  useEffect(() => {
    if (state.changes > 0) pages.reload();
  }, [state.changes]);
  const edit = async (change: PlanEdit): Promise<void> => {
    setError(null);
    try {
      await api.post<DraftView>(`/events/${event.id}/plan/edits`, change);
      announce(t.console.edited);
      setQuery({ draft: 'true' });
      pages.reload();
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <div class="stack">
      <div class="toolbar">
        <SelectField
          label={t.console.roundsTitle}
          name="round"
          value={round}
          onChange={(value) => {
            setQuery({ round: value === '' ? null : value });
          }}
          choices={[
            { value: '', label: t.console.allRounds },
            ...event.rounds.map(({ number }) => ({
              value: String(number),
              label: t.console.roundChoice(number),
            })),
          ]}
        />
        <ChoiceFilter
          label={t.common.sort}
          name="sort"
          choices={[
            { value: '', label: t.console.byRound },
            { value: 'score', label: t.console.byScore },
          ]}
        />
        {staff && (
          <SelectField
            label={t.console.meetingsOf}
            name="draft"
            value={draft}
            onChange={(value) => {
              setQuery({ draft: value === 'true' ? value : null });
            }}
            choices={[
              { value: 'false', label: t.console.publishedPlan },
              { value: 'true', label: t.console.draftPlan },
            ]}
          />
        )}
      </div>
      {error !== null && <Failure error={error} />}
      <PageList
        pages={pages}
        empty={
          <Empty icon="partners" title={t.console.noMeetings}>
            <p>{t.console.noMeetingsWhat}</p>
          </Empty>
        }
      >
        {(meetings) => (
          <ul class="console-meetings">
            {meetings.map((meeting) => (
              <li key={meeting.id} class="card">
                <MeetingLine meeting={meeting} />
                {staff && (
                  <MeetingActions
                    event={event}
                    meeting={meeting}
                    edit={(change) => void edit(change)}
                    onChanged={pages.reload}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </PageList>
    </div>
  );
}

function MeetingLine({ meeting }: { meeting: MeetingView }) {
  return (
    <div class="console-meeting">
      <p class="badges">
        <Badge kind="accent">{t.event.tableNumber(meeting.table)}</Badge>
        <Badge>{t.console.roundChoice(meeting.round)}</Badge>
        <Badge>{t.event.points(pointsOf(meeting.score))}</Badge>
        <Badge>{t.console.origins[meeting.origin]}</Badge>
        {meeting.pinned && <Badge kind="good">{t.console.pinned}</Badge>}
      </p>
      <div class="console-pair">
        {[meeting.a, meeting.b].map((sme) => (
          <div key={sme.id}>
            <a href={`/smes/${sme.id}`}>{sme.name}</a>
            <CompanyLine sme={sme} />
          </div>
        ))}
      </div>
    </div>
  );
}

function MeetingActions(props: {
  event: EventView;
  meeting: MeetingView;
  edit: (change: PlanEdit) => void;
  onChanged: () => void;
}) {
  const { event, meeting, edit } = props;
  const [open, setOpen] = useState<'move' | 'no-show' | null>(null);
  const close = (): void => {
    setOpen(null);
  };
  const { a, b, round } = meeting;
  if (meeting.state === 'done' || meeting.state === 'broken') return null;
  if (meeting.state === 'running') {
    return (
      <div class="actions">
        <Button
          small
          onClick={() => {
            setOpen('no-show');
          }}
        >
          {t.console.noShow}
        </Button>
        {open === 'no-show' && (
          <NoShow event={event} meeting={meeting} onClose={close} onDone={props.onChanged} />
        )}
      </div>
    );
  }
  return (
    <div class="actions">
      {meeting.pinned ? (
        <Button
          small
          onClick={() => {
            edit({ edit: 'unpin', meetingId: meeting.id });
          }}
        >
          {t.console.unpin}
        </Button>
      ) : (
        <Button
          small
          onClick={() => {
            edit({ edit: 'pin', round, a: a.id, b: b.id });
          }}
        >
          {t.console.pin}
        </Button>
      )}
      <Button
        small
        onClick={() => {
          setOpen('move');
        }}
      >
        {t.console.move}
      </Button>
      <Button
        small
        kind="quiet"
        onClick={() => {
          edit({ edit: 'forbid', a: a.id, b: b.id });
        }}
      >
        {t.console.forbid}
      </Button>
      {open === 'move' && <MoveMeeting event={event} meeting={meeting} edit={edit} onClose={close} />}
    </div>
  );
}
