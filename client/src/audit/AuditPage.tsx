import type { AuditChoices, AuditEntryView } from '../../../server/audit/schema.ts';
import { apiUrl } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { setQuery } from '../app/router.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { formatMoment, formatSpan } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, TextFilter, TimeSort } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { Changes } from './Changes.tsx';
import { CheckLog } from './CheckLog.tsx';
import './audit.css';

const words = t.audit;
const FILTERS = ['kind', 'action', 'thingId', 'from', 'to'] as const;

/** Every decision, with filters; and the check of the whole log. */
export function AuditPage(_props: PageProps) {
  const query = Object.fromEntries(FILTERS.map((name) => [name, filterValue(name)]));
  const pages = usePages<AuditEntryView>('/audit', { ...query, sort: filterValue('sort') });
  return (
    <>
      <PageHeading
        title={t.shell.pages.audit}
        lead={words.lead}
        actions={
          <>
            <ButtonLink href={apiUrl('/audit/entries.csv', query)} download>
              {words.csv}
            </ButtonLink>
            <ButtonLink href={apiUrl('/audit/entries.json', query)} download>
              {words.json}
            </ButtonLink>
          </>
        }
      />
      <div class="stack">
        <Filters />
        <PageList
          pages={pages}
          empty={
            <Empty icon="lock" title={words.empty}>
              <p>{words.emptyHint}</p>
            </Empty>
          }
        >
          {(entries) => <EntryTable entries={entries} />}
        </PageList>
        <CheckLog />
      </div>
    </>
  );
}

function Filters() {
  const choices = useLoad<AuditChoices>('/audit/choices').data;
  const some = FILTERS.some((name) => filterValue(name) !== '');
  const options = (first: string, values: readonly string[] = []) => [
    { value: '', label: first },
    ...values.map((value) => ({ value, label: value })),
  ];
  return (
    <section class="fields filters" aria-label={words.filters}>
      <ChoiceFilter label={words.kind} name="kind" choices={options(words.allKinds, choices?.kinds)} />
      <ChoiceFilter
        label={words.action}
        name="action"
        choices={options(words.allActions, choices?.actions)}
      />
      <TextFilter label={words.thing} name="thingId" />
      <TextFilter label={words.from} name="from" type="date" />
      <TextFilter label={words.to} name="to" type="date" />
      <TimeSort />
      {some && (
        <div class="actions">
          <Button
            small
            onClick={() => {
              setQuery(Object.fromEntries(FILTERS.map((name) => [name, ''])));
            }}
          >
            {words.clear}
          </Button>
        </div>
      )}
    </section>
  );
}

function EntryTable({ entries }: { entries: readonly AuditEntryView[] }) {
  return (
    <table class="table audit-table">
      <thead>
        <tr>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.who}</th>
          <th scope="col">{words.change}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <EntryRow key={entry.seq} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function EntryRow({ entry }: { entry: AuditEntryView }) {
  const { actor, kind, thingId } = entry;
  const name = entry.thingName ?? `${kind} ${thingId.slice(-6)}`;
  return (
    <tr>
      <th scope="row">
        <Badge kind="accent">{entry.action}</Badge>
        <span class="cell-line">
          <a
            href={`/audit?kind=${kind}&thingId=${encodeURIComponent(thingId)}`}
            aria-label={words.historyOf(name)}
          >
            {name}
          </a>
        </span>
        <span class="fine cell-line">
          <time datetime={entry.at} title={formatSpan(entry.at)}>
            {formatMoment(entry.at)}
          </time>{' '}
          · <span title={entry.hash}>{words.number(entry.seq)}</span>
        </span>
      </th>
      <td data-label={words.who}>
        {actor === null ? words.software : (actor.name ?? words.erasedPerson)}
        {actor !== null && <span class="fine cell-line">{t.shell.roles[actor.role]}</span>}
      </td>
      <td data-label={words.change}>
        {entry.reason !== '' && <p>{entry.reason}</p>}
        <Changes before={entry.before} after={entry.after} />
        {kind === 'run' && (
          <p>
            <a class="link-out" href={`/runs/${thingId}`}>
              {words.toRun}
            </a>
          </p>
        )}
      </td>
    </tr>
  );
}
