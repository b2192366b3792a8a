import { useEffect, useState } from 'preact/hooks';
import type { EventView, ParticipantView, PresenceState } from '../../../server/events/schema.ts';
import { api } from '../api/request.ts';
import { usePages } from '../api/usePages.ts';
import { place, setQuery } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import { CheckField, SelectField, TextField } from '../components/fields.tsx';
import { Badge, CompanyLine } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { useSettled } from '../components/useSearch.ts';
import { ChoiceFilter, filterValue } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import type { EventState } from './useEvent.ts';

const STATES: readonly PresenceState[] = ['invited', 'expected', 'here', 'left'];
const KINDS = { invited: 'plain', expected: 'accent', here: 'good', left: 'plain' } as const;

/** Who is invited, expected, here or gone; and who sits out, with the reason. */
export function Participants({ event, state }: { event: EventView; state: EventState }) {
  const { query } = place.value;
  const [presence, without] = [query.get('state') ?? '', query.get('without') ?? ''];
  const [typed, setTyped] = useState('');
  const q = useSettled(typed);
  const pages = usePages<ParticipantView>(`/events/${event.id}/participants`, {
    state: presence,
    q,
    withoutMeeting: without,
    sort: filterValue('sort'),
  });
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (state.changes > 0) pages.reload();
  }, [state.changes]);
  const mark = async (sme: ParticipantView['sme'], to: 'expected' | 'here' | 'left'): Promise<void> => {
    setError(null);
    try {
      await api.put(`/events/${event.id}/participants/${sme.id}`, { state: to });
      announce(to === 'here' ? t.console.checkedIn(sme.name) : t.console.marked);
      pages.reload();
      state.of.reload();
    } catch (failure) {
      setError(failure);
    }
  };
  const staff = currentUser().role === 'staff';
  return (
    <div class="stack">
      <div class="toolbar">
        <TextField label={t.common.search} name="q" type="search" value={typed} onInput={setTyped} />
        <SelectField
          label={t.console.state}
          name="state"
          value={presence}
          onChange={(value) => {
            setQuery({ state: value === '' ? null : value });
          }}
          choices={[
            { value: '', label: t.console.anyPresence },
            ...STATES.map((value) => ({ value, label: t.console.states[value] })),
          ]}
        />
        <ChoiceFilter
          label={t.common.sort}
          name="sort"
          choices={[
            { value: '', label: t.directory.companies.sorts.name },
            { value: 'country', label: t.directory.companies.sorts.country },
            { value: 'latest', label: t.console.byLatest },
          ]}
        />
        <CheckField
          label={t.console.onlyWithout}
          name="without"
          checked={without === 'true'}
          onChange={(checked) => {
            setQuery({ without: checked ? 'true' : null });
          }}
        />
        {staff && (
          <ButtonLink href={`/events/${event.id}/badges`} small>
            {t.console.badges}
          </ButtonLink>
        )}
      </div>
      {error !== null && <Failure error={error} />}
      <PageList
        pages={pages}
        empty={
          <Empty icon="companies" title={t.console.nobody}>
            <p>{t.console.nobodyWhat}</p>
          </Empty>
        }
      >
        {(people) => (
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t.console.company}</th>
                <th scope="col">{t.console.state}</th>
                <th scope="col">{t.console.counts}</th>
                <th scope="col">
                  <span class="visually-hidden">{t.console.checkIn}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <tr key={person.sme.id}>
                  <th scope="row" data-label={t.console.company}>
                    <a href={`/events/${event.id}/smes/${person.sme.id}`}>{person.sme.name}</a>
                    <CompanyLine sme={person.sme} />
                  </th>
                  <td data-label={t.console.state}>
                    <Badge kind={KINDS[person.state]}>{t.console.states[person.state]}</Badge>
                    {person.withoutMeeting !== null && <p class="fine">{person.withoutMeeting}</p>}
                  </td>
                  <td class="number" data-label={t.console.counts}>
                    {person.meetings} / {person.byes}
                  </td>
                  <td>
                    <Marks event={event} person={person} mark={mark} staff={staff} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </PageList>
    </div>
  );
}

function Marks(props: {
  event: EventView;
  person: ParticipantView;
  staff: boolean;
  mark: (sme: ParticipantView['sme'], to: 'expected' | 'here' | 'left') => Promise<void>;
}) {
  const { event, person, mark } = props;
  const doorsOpen = event.state === 'open' || event.state === 'paused';
  const over = event.state === 'ended' || event.state === 'cancelled';
  if (over) return null;
  return (
    <div class="actions">
      {props.staff && doorsOpen && person.state !== 'here' && (
        <Button small kind="primary" onClick={() => void mark(person.sme, 'here')}>
          {t.console.checkIn}
        </Button>
      )}
      {(person.state === 'invited' || person.state === 'left') && (
        <Button small onClick={() => void mark(person.sme, 'expected')}>
          {t.console.markExpected}
        </Button>
      )}
      {(person.state === 'here' || person.state === 'expected') && (
        <Button small kind="quiet" onClick={() => void mark(person.sme, 'left')}>
          {t.console.markLeft}
        </Button>
      )}
    </div>
  );
}
