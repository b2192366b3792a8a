import { useEffect, useRef, useState } from 'preact/hooks';
import type { PairingSummary, PairView } from '../../../server/pairs/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { Button } from '../components/Button.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { CompanyLine } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { RunningTask } from '../components/RunningTask.tsx';
import { BY_COMPANY, ChoiceFilter, CountryFilter, filterValue } from '../directory/filters.tsx';
import { progressByTask } from '../live/live.ts';
import '../partners/partners.css';
import { t } from '../strings/text.ts';
import { askedQuery, askedView, hrefOfView, type View } from './asked.ts';
import { AskedPairs } from './AskedPairs.tsx';
import { FairAccess } from './FairAccess.tsx';
import { ForcingCard } from './ForcingCard.tsx';
import { keyOf, PairRow } from './PairRow.tsx';
import { PairingFigures } from './PairingFigures.tsx';
import './pairs.css';
import { usePoolChanges } from './usePoolChanges.ts';

const BY_SCORE = [
  { value: '', label: t.pairs.bestFirst },
  { value: 'weakest', label: t.pairs.weakestFirst },
];

/** The room as pairs: who would go with whom now, following every arrival, answer and departure. */
export function PairsPage(_props: PageProps) {
  const asked = askedQuery();
  const question = JSON.stringify(asked);
  const [stopped, setStopped] = useState<string | null>(null);
  const isStopped = stopped === question;
  const summary = useLoad<PairingSummary>(isStopped ? null : '/pairs/summary', asked);
  const [round, setRound] = useState(0);
  usePoolChanges(() => {
    summary.reload();
    setRound((before) => before + 1);
  });
  return (
    <div class="stack">
      <PageHeading title={t.shell.pages.pairs} lead={t.pairs.lead} />
      <AskedPairs />
      <div role="status" class="pairs-state">
        {summary.loading && <p>{t.pairs.running}</p>}
        {isStopped && <p>{t.pairs.stopped}</p>}
      </div>
      {summary.loading && (
        <RunningTask
          label={t.pairs.running}
          progress={progressByTask.value.get(`pairs:${currentUser().id}`)}
          words={t.pairs.progress}
          stop={t.pairs.stop}
          onStop={() => {
            setStopped(question);
          }}
        />
      )}
      {isStopped && (
        <div class="actions">
          <Button
            small
            onClick={() => {
              setStopped(null);
            }}
          >
            {t.pairs.again}
          </Button>
        </div>
      )}
      {summary.error !== null && <Failure error={summary.error} retry={summary.reload} />}
      {summary.data !== null && <Found summary={summary.data} round={round} />}
    </div>
  );
}

/** The set that was found: its figures, and one of its views, which the server has ready by now. */
function Found({ summary, round }: { summary: PairingSummary; round: number }) {
  const view = askedView();
  const tabs: readonly (readonly [View, string])[] = [
    ['pairs', t.pairs.pairsTab],
    ['alone', t.pairs.aloneTab(summary.alone)],
    ['fair', t.pairs.fairTab],
  ];
  return (
    <>
      <PairingFigures summary={summary} />
      <ForcingCard />
      <nav class="views" aria-label={t.pairs.views}>
        {tabs.map(([one, label]) => (
          <a key={one} href={hrefOfView(one)} aria-current={one === view ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      {view === 'fair' ? (
        <FairAccess round={round} />
      ) : (
        <>
          <div class="toolbar" role="search">
            <CountryFilter />
            <ChoiceFilter
              label={t.common.sort}
              name="sort"
              choices={view === 'alone' ? BY_COMPANY : BY_SCORE}
            />
          </div>
          {view === 'alone' ? <Alone round={round} /> : <Pairs round={round} />}
        </>
      )}
    </>
  );
}

/** Keys that were not there at the reading before; empty for the first reading. */
function useFresh(keys: readonly string[], settled: boolean): ReadonlySet<string> {
  const before = useRef<ReadonlySet<string> | null>(null);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const joined = keys.join('\n');
  useEffect(() => {
    if (!settled) return;
    const known = before.current;
    setFresh(new Set(known === null ? [] : keys.filter((key) => !known.has(key))));
    before.current = new Set([...(known ?? []), ...keys]);
  }, [joined, settled]);
  return fresh;
}

function Pairs({ round }: { round: number }) {
  const country = filterValue('country');
  const pages = usePages<PairView>('/pairs', {
    ...askedQuery(),
    country,
    sort: filterValue('sort'),
  });
  useEffect(() => {
    if (round > 0) pages.reload();
  }, [round]);
  const fresh = useFresh(pages.items.map(keyOf), !pages.loading);
  const words = t.pairs;
  const empty =
    country === '' ? (
      <Empty icon="partners" title={words.noPairs}>
        <p>{words.noPairsWhat}</p>
      </Empty>
    ) : (
      <Empty icon="partners" title={words.noPairsHere}>
        <p>{words.noPairsHereWhat}</p>
      </Empty>
    );
  return (
    <PageList pages={pages} empty={empty}>
      {(items) => (
        <>
          <p class="visually-hidden" role="status">
            {fresh.size > 0 ? words.news(fresh.size) : ''}
          </p>
          <ul class="pairs">
            {items.map((pair) => (
              <PairRow key={keyOf(pair)} pair={pair} fresh={fresh.has(keyOf(pair))} />
            ))}
          </ul>
        </>
      )}
    </PageList>
  );
}

function Alone({ round }: { round: number }) {
  const pages = usePages<SmeCard>('/pairs/alone', {
    ...askedQuery(),
    country: filterValue('country'),
    sort: filterValue('sort'),
  });
  useEffect(() => {
    if (round > 0) pages.reload();
  }, [round]);
  return (
    <PageList
      pages={pages}
      empty={
        <Empty icon="check" title={t.pairs.nobodyAlone}>
          <p>{t.pairs.nobodyAloneWhat}</p>
        </Empty>
      }
    >
      {(items) => (
        <ul class="grid">
          {items.map((sme) => (
            <li key={sme.id} class="card card-link">
              <h2>
                <a href={`/smes/${sme.id}/partners`}>{sme.name}</a>
              </h2>
              <CompanyLine sme={sme} />
            </li>
          ))}
        </ul>
      )}
    </PageList>
  );
}
