import { useEffect, useRef, useState } from 'preact/hooks';
import type { PairingSummary, PairView } from '../../../server/pairs/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { place } from '../app/router.ts';
import { Empty, Show } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { CompanyLine } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { CountryFilter, filterValue } from '../directory/filters.tsx';
import '../partners/partners.css';
import { t } from '../strings/text.ts';
import { keyOf, PairRow } from './PairRow.tsx';
import { PairingFigures } from './PairingFigures.tsx';
import './pairs.css';
import { usePoolChanges } from './usePoolChanges.ts';

/** The room as pairs: who would go with whom now, following every arrival, answer and departure. */
export function PairsPage(_props: PageProps) {
  const summary = useLoad<PairingSummary>('/pairs/summary');
  const [round, setRound] = useState(0);
  usePoolChanges(() => {
    summary.reload();
    setRound((before) => before + 1);
  });
  const aloneShown = place.value.query.get('view') === 'alone';
  return (
    <div class="stack">
      <PageHeading title={t.shell.pages.pairs} lead={t.pairs.lead} />
      <Show of={summary}>{(data) => <PairingFigures summary={data} />}</Show>
      <nav class="views" aria-label={t.pairs.views}>
        <a href="/pairs" aria-current={aloneShown ? undefined : 'page'}>
          {t.pairs.pairsTab}
        </a>
        <a href="/pairs?view=alone" aria-current={aloneShown ? 'page' : undefined}>
          {t.pairs.aloneTab(summary.data?.alone ?? 0)}
        </a>
      </nav>
      <CountryFilter />
      {aloneShown ? <Alone round={round} /> : <Pairs round={round} />}
    </div>
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
  const pages = usePages<PairView>('/pairs', { country });
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
  const pages = usePages<SmeCard>('/pairs/alone', { country: filterValue('country') });
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
