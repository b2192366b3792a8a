import { useEffect, useState } from 'preact/hooks';
import type { ImportView } from '../../../server/imports/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { Show } from '../components/feedback.tsx';
import { formatSpan } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { onEvent, onReload } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { CommitCard, ResultCard, RunningCard } from './CommitCard.tsx';
import { noDecisions } from './decisions.ts';
import { RowsSection } from './RowsSection.tsx';
import { isRunning } from './states.ts';
import '../partners/partners.css';
import './imports.css';

const words = t.imports.report;
/** How often a running import is looked at where the live line is away, in milliseconds. */
const LOOK_EVERY_MS = 2_000;

/** The report of one import: what the check found, what is to be done with it, and what was done. */
export function ImportPage({ params }: PageProps) {
  const importId = params.importId ?? '';
  const item = useLoad<ImportView>(`/imports/${importId}`);
  const running = item.data !== null && isRunning(item.data.state);
  useEffect(() => {
    const stops = [
      onEvent('import', (event) => {
        if (event.importId === importId) item.reload();
      }),
      onReload(item.reload),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [importId, item.reload]);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(item.reload, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, [running, item.reload]);
  return (
    <>
      <PageHeading
        title={item.data === null ? t.shell.pages.import : words.title(item.data.fileName)}
        above={<a href="/imports">{words.back}</a>}
        lead={
          item.data === null
            ? undefined
            : t.imports.list.by(item.data.createdBy, formatSpan(item.data.createdAt))
        }
      />
      <Show of={item}>{(view) => <Report item={view} onChanged={item.set} />}</Show>
    </>
  );
}

function Report({ item, onChanged }: { item: ImportView; onChanged: (item: ImportView) => void }) {
  const [decisions, setDecisions] = useState(noDecisions);
  const user = currentUser();
  const own = user.clusterId !== null && user.clusterId === item.clusterId;
  const members = own ? '/members' : item.clusterId === null ? null : `/clusters/${item.clusterId}/members`;
  return (
    <div class="stack">
      {item.rows.total > 0 && <Totals item={item} />}
      {item.state === 'checked' && <CommitCard item={item} decisions={decisions} onChanged={onChanged} />}
      {isRunning(item.state) && <RunningCard item={item} onChanged={onChanged} />}
      {!isRunning(item.state) && item.state !== 'checked' && <ResultCard item={item} membersHref={members} />}
      {item.ignoredColumns.length > 0 && <Ignored columns={item.ignoredColumns} />}
      <RowsSection item={item} decisions={decisions} onDecide={setDecisions} />
    </div>
  );
}

/** How many rows came out how. */
function Totals({ item }: { item: ImportView }) {
  const { rows } = item;
  const written = item.state === 'committed';
  const sums = [
    { name: 'total', label: words.total, count: rows.total },
    ...(written
      ? [
          { name: 'good', label: words.created, count: rows.created },
          { name: 'merged', label: words.merged, count: rows.merged },
          { name: 'skipped', label: words.skipped, count: rows.skipped },
        ]
      : [
          { name: 'good', label: words.accepted, count: rows.accepted },
          { name: 'merged', label: words.duplicates, count: rows.duplicates },
        ]),
    { name: 'refused', label: words.refused, count: rows.refused },
  ];
  return (
    <dl class="import-sums">
      {sums.map((sum) => (
        <div key={sum.name} class={`import-sum import-sum-${sum.name}`}>
          <dt>{sum.label}</dt>
          <dd class="number">{sum.count.toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
  );
}

function Ignored({ columns }: { columns: readonly string[] }) {
  return (
    <details class="ignored">
      <summary>{words.ignored(columns.length)}</summary>
      <p class="fine">{words.ignoredHint}</p>
      <ul class="badges">
        {columns.map((column) => (
          <li key={column}>
            <code class="cell-value">{column}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
