import { useEffect } from 'preact/hooks';
import type { ImportView } from '../../../server/imports/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { Empty } from '../components/feedback.tsx';
import { formatSpan } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import {
  ChoiceFilter,
  filterValue,
  NothingFits,
  SearchFilter,
  TimeSort,
  useClusterChoices,
} from '../directory/filters.tsx';
import { onEvent, onReload } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { stateKinds } from './states.ts';
import { UploadCard } from './UploadCard.tsx';
import './imports.css';

const words = t.imports;

/** Checking a new file, and the files that were checked before. */
export function ImportsPage(_props: PageProps) {
  const imports = usePages<ImportView>('/imports', {
    q: filterValue('q'),
    state: filterValue('state'),
    clusterId: filterValue('of'),
    sort: filterValue('sort'),
  });
  useEffect(() => {
    const stops = [onEvent('import', imports.reload), onReload(imports.reload)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [imports.reload]);
  return (
    <>
      <PageHeading title={t.shell.pages.imports} lead={words.lead} />
      <div class="stack">
        <UploadCard clusterId={filterValue('clusterId')} />
        <section class="stack-small" aria-labelledby="earlier-title">
          <h2 id="earlier-title">{words.list.title}</h2>
          <div class="toolbar" role="search">
            <SearchFilter label={words.list.search} />
            <ChoiceFilter
              label={words.list.state}
              name="state"
              choices={[
                { value: '', label: t.common.all },
                ...Object.entries(words.states).map(([value, label]) => ({ value, label })),
              ]}
            />
            {currentUser().role === 'staff' && <OfCluster />}
            <TimeSort />
          </div>
          <PageList
            pages={imports}
            empty={
              <NothingFits filters={['q', 'state', 'of']}>
                <Empty icon="imports" title={words.list.empty} />
              </NothingFits>
            }
          >
            {(items) => (
              <ul class="stack-small">
                {items.map((item) => (
                  <ImportLine key={item.id} item={item} />
                ))}
              </ul>
            )}
          </PageList>
        </section>
      </div>
    </>
  );
}

/** Whose files; under a name of its own, as `clusterId` says whom the next file is for. */
function OfCluster() {
  return (
    <ChoiceFilter
      label={t.directory.companies.cluster}
      name="of"
      choices={useClusterChoices(t.directory.companies.allClusters)}
    />
  );
}

function ImportLine({ item }: { item: ImportView }) {
  const { accepted, created, duplicates, merged, refused, skipped, total } = item.rows;
  return (
    <li class="card card-link import-line">
      <div class="card-head">
        <h3>
          <a href={`/imports/${item.id}`}>{item.fileName}</a>
        </h3>
        <Badge kind={stateKinds[item.state]}>{words.states[item.state]}</Badge>
      </div>
      {item.problem !== null && <p>{item.problem.reason}</p>}
      {item.problem === null && (
        <p class="number">
          {item.state === 'committed'
            ? words.commit.hint(created, merged, skipped)
            : words.report.sentence(total, accepted, duplicates, refused)}
        </p>
      )}
      <p class="fine">{words.list.by(item.createdBy, formatSpan(item.createdAt))}</p>
    </li>
  );
}
