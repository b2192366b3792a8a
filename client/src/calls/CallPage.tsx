import { useState } from 'preact/hooks';
import type { CallState, CallView, RulesVersionView } from '../../../server/calls/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure, Notice, Show } from '../components/feedback.tsx';
import { TextField } from '../components/fields.tsx';
import { formatDay, formatEuros, formatMoment } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { CountryMark } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { useMost } from '../components/useMost.ts';
import { filterValue, isFiltered, NothingFits, SearchFilter, TimeSort } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { serverNow } from '../live/serverClock.ts';
import { CallBadges } from './CallBadges.tsx';
import '../funnel/funnel.css';

const words = t.calls;

/** One call: what it pays for and who can take part, for everybody; staff also move it on and change its rules. */
export function CallPage({ params }: PageProps) {
  const { callId = '' } = params;
  const of = useLoad<CallView>(`/calls/${callId}`);
  const { role } = currentUser();
  return (
    <>
      <PageHeading
        title={of.data?.name ?? t.shell.pages.call}
        above={<a href="/calls">{words.toCalls}</a>}
        actions={
          role === 'demand' ? undefined : (
            <ButtonLink href={`/calls/${callId}/eligibility`} kind="primary" icon="check">
              {role === 'sme' ? words.eligible : words.checkCompany}
            </ButtonLink>
          )
        }
      />
      <Show of={of}>
        {(call) => (
          <div class="stack">
            <CallBadges call={call} />
            {role === 'staff' && <StaffPart call={call} onChanged={of.set} />}
            <Facts call={call} />
            <Instruments call={call} />
            <Countries call={call} />
            <Challenges call={call} />
            <History key={call.rulesVersion} callId={callId} />
          </div>
        )}
      </Show>
    </>
  );
}

function Facts({ call }: { call: CallView }) {
  return (
    <section class="card" aria-labelledby="call-facts">
      <h2 id="call-facts">{words.facts}</h2>
      <dl class="facts">
        <div>
          <dt>{words.opens}</dt>
          <dd>{formatDay(call.opens)}</dd>
        </div>
        <div>
          <dt>{words.closes}</dt>
          <dd>{formatDay(call.closes)}</dd>
        </div>
        {call.budgetEur !== null && (
          <div>
            <dt>{words.budget}</dt>
            <dd>{formatEuros(call.budgetEur)}</dd>
          </div>
        )}
        <div>
          <dt>{words.rulesVersion}</dt>
          <dd>{words.version(call.rulesVersion)}</dd>
        </div>
        <div>
          <dt>{words.source}</dt>
          <dd>{call.source}</dd>
        </div>
        {call.note !== '' && (
          <div>
            <dt>{words.note}</dt>
            <dd>{call.note}</dd>
          </div>
        )}
        {call.documents.length > 0 && (
          <div>
            <dt>{words.documents}</dt>
            <dd>
              <ul class="bullets">
                {call.documents.map(({ title, url }) => (
                  <li key={url}>
                    <a href={url} rel="noopener noreferrer" target="_blank">
                      {title}
                    </a>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Instruments({ call }: { call: CallView }) {
  return (
    <section class="card" aria-labelledby="call-instruments">
      <h2 id="call-instruments">{words.instruments}</h2>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{words.instrument}</th>
            <th scope="col">{words.targetTrl}</th>
            <th scope="col">{words.ceiling}</th>
            <th scope="col">{words.miniGrant}</th>
          </tr>
        </thead>
        <tbody>
          {call.instruments.map(({ id, name, trlMin, trlMax, grantCeilingEur, miniGrantEur }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td data-label={words.targetTrl}>
                {trlMin}–{trlMax}
              </td>
              <td data-label={words.ceiling}>{formatEuros(grantCeilingEur)}</td>
              <td data-label={words.miniGrant}>{formatEuros(miniGrantEur)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="fine">{words.entry(call.trlEntryMin)}</p>
    </section>
  );
}

function Countries({ call }: { call: CallView }) {
  return (
    <section class="card" aria-labelledby="call-countries">
      <h2 id="call-countries">{words.countries(call.countries.length)}</h2>
      <p>{words.border[call.crossBorder]}</p>
      <p class="fine">
        {words.list(call.countryList.name, formatDay(call.countryList.asOf))}. {call.countryList.source}
      </p>
      <ul class="plain-list badges">
        {call.countries.map((code) => (
          <li key={code}>
            <CountryMark code={code} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Challenges({ call }: { call: CallView }) {
  return (
    <section class="card" aria-labelledby="call-challenges">
      <h2 id="call-challenges">{words.challenges(call.challenges.length)}</h2>
      {call.challenges.length === 0 ? (
        <p>{words.noChallenges}</p>
      ) : (
        <ul class="bullets">
          {call.challenges.map(({ id, words: text }) => (
            <li key={id}>{text}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A history as short as this is read at a glance. */
const FEW = 3;

function History({ callId }: { callId: string }) {
  const pages = usePages<RulesVersionView>(`/calls/${callId}/versions`, {
    q: filterValue('q'),
    sort: filterValue('sort'),
    limit: 10,
  });
  const choosable = useMost(pages.total) > FEW || isFiltered(['q']);
  return (
    <section class="card" aria-labelledby="call-history">
      <h2 id="call-history">{words.history}</h2>
      {choosable && (
        <div class="toolbar" role="search">
          <SearchFilter label={words.searchHistory} />
          <TimeSort />
        </div>
      )}
      <PageList pages={pages} empty={<NothingFits filters={['q']}>{null}</NothingFits>}>
        {(items) => (
          <ol class="plain-list stack-small">
            {items.map(({ version, by, at, note }) => (
              <li key={version}>
                <p>{words.versionLine(version, by ?? words.software, formatMoment(at))}</p>
                <p class="fine">{note}</p>
              </li>
            ))}
          </ol>
        )}
      </PageList>
    </section>
  );
}

const MOVES: Readonly<Record<CallState, readonly { to: CallState; label: string; back?: true }[]>> = {
  draft: [{ to: 'open', label: words.move.open }],
  open: [{ to: 'closed', label: words.move.closed }],
  closed: [
    { to: 'decided', label: words.move.decided },
    { to: 'open', label: words.reopen, back: true },
  ],
  decided: [{ to: 'closed', label: words.undecide, back: true }],
};

/** What staff do with a call: move it on, put it in force, change its rules, look at what came of it. */
function StaffPart({ call, onChanged }: { call: CallView; onChanged: (call: CallView) => void }) {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const inForce = useLoad<CallView>('/call');
  const change = async (ask: string, action: string, send: () => Promise<CallView>): Promise<void> => {
    if (!(await askConfirm({ title: action, body: <p>{ask}</p>, action, danger: false }))) return;
    setError(null);
    try {
      const after = await send();
      announce(after.inForce && !call.inForce ? words.chosen : words.moved(after.state));
      setReason('');
      onChanged(after);
    } catch (failure) {
      setError(failure);
    }
  };
  const today = new Date(serverNow()).toISOString().slice(0, 10);
  const moves = MOVES[call.state];
  const choosable = !call.inForce && (call.state === 'open' || call.state === 'closed');
  return (
    <section class="card stack-small" aria-label={t.shell.roles.staff}>
      {call.state === 'open' && call.closes < today && (
        <Notice kind="warning">
          <p>{words.overdue(formatDay(call.closes))}</p>
        </Notice>
      )}
      {error !== null && <Failure error={error} />}
      {(moves.some(({ back }) => back) || choosable) && (
        <TextField
          label={words.reason}
          name="reason"
          optional
          maxLength={500}
          value={reason}
          onInput={setReason}
        />
      )}
      <div class="actions">
        {moves.map(({ to, label }) => (
          <Button
            key={to}
            onClick={() =>
              void change(words.moveAsk[to], label, () =>
                api.post<CallView>(`/calls/${call.id}/state`, { version: call.version, to, reason }),
              )
            }
          >
            {label}
          </Button>
        ))}
        {choosable && (
          <Button
            onClick={() =>
              void change(words.chooseAsk, words.choose, () =>
                api.post<CallView>(`/calls/${call.id}/in-force`, {
                  replaces: inForce.data?.id ?? call.id,
                  reason,
                }),
              )
            }
          >
            {words.choose}
          </Button>
        )}
        {call.state !== 'decided' && (
          <ButtonLink href={`/calls/${call.id}/edit`} icon="edit">
            {words.edit}
          </ButtonLink>
        )}
        <ButtonLink href={`/calls/${call.id}/outcomes`}>{words.outcomes}</ButtonLink>
        <ButtonLink href={`/calls/${call.id}/access`}>{words.access}</ButtonLink>
        <ButtonLink href={`/funnel?callId=${call.id}`}>{words.funnel}</ButtonLink>
      </div>
    </section>
  );
}
