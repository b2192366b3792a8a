import type { GapView } from '../../../server/needs/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { Empty } from '../components/feedback.tsx';
import { formatNumber } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { wantedTrl } from './NeedMarks.tsx';
import './needs.css';
import { NeedsViews } from './NeedsViews.tsx';

const words = t.needs.gaps;
const FACETS = ['capabilities', 'technologies', 'fields', 'sectors'] as const;

function GapRow({ gap }: { gap: GapView }) {
  return (
    <tr>
      <th scope="row">
        {gap.label}
        <span class="fine cell-line">{gap.sentence}</span>
      </th>
      <td data-label={words.trl}>{wantedTrl(gap)}</td>
      <td class="figure" data-label={words.needs}>
        {formatNumber(gap.needs)}
      </td>
      <td class="figure" data-label={words.offered}>
        {gap.offered === 0 ? <Badge kind="bad">{words.nobody}</Badge> : formatNumber(gap.offered)}
      </td>
      <td class="figure" data-label={words.ready}>
        {gap.ready === 0 ? <Badge kind="bad">{words.nobodyReady}</Badge> : formatNumber(gap.ready)}
      </td>
    </tr>
  );
}

/** What published needs want and the companies do not offer. */
export function GapsPage(_props: PageProps) {
  const pages = usePages<GapView>('/needs/gaps', {
    facet: filterValue('facet'),
    sort: filterValue('sort'),
    limit: 50,
  });
  return (
    <div class="stack">
      <PageHeading title={words.title} lead={words.lead} />
      <NeedsViews />
      <div class="toolbar">
        <ChoiceFilter
          label={words.facet}
          name="facet"
          choices={[
            { value: '', label: words.anyFacet },
            ...FACETS.map((value) => ({ value, label: t.common.facets[value] })),
          ]}
        />
        <ChoiceFilter
          label={t.common.sort}
          name="sort"
          choices={[
            { value: '', label: words.sorts.scarcest },
            { value: 'wanted', label: words.sorts.wanted },
            { value: 'name', label: words.sorts.name },
          ]}
        />
      </div>
      <PageList
        pages={pages}
        empty={
          <Empty icon="check" title={words.none}>
            <p>{words.noneBody}</p>
          </Empty>
        }
      >
        {(items) => (
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{words.term}</th>
                <th scope="col">{words.trl}</th>
                <th scope="col" class="figure">
                  {words.needs}
                </th>
                <th scope="col" class="figure">
                  {words.offered}
                </th>
                <th scope="col" class="figure">
                  {words.ready}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((gap) => (
                <GapRow key={`${gap.term} ${gap.trlMin ?? ''} ${gap.trlMax ?? ''}`} gap={gap} />
              ))}
            </tbody>
          </table>
        )}
      </PageList>
    </div>
  );
}
