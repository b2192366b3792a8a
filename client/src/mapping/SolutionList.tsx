import type { SolutionCard } from '../../../server/mapping/schema.ts';
import { usePages } from '../api/usePages.ts';
import { Button } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { CountryMark, TrlMark } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { filterValue } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { PhaseMarks } from './marks.tsx';
import { choiceCount, clearChoices, searchQuery, solutionHref } from './query.ts';

const words = t.mapping;

function SolutionItem({ solution }: { solution: SolutionCard }) {
  const labels = [...solution.terms.capabilities, ...solution.terms.technologies].map(({ label }) => label);
  return (
    <li class="card card-link solution-card">
      <h2 class="card-title">
        <a href={solutionHref(solution)}>{solution.title}</a>
      </h2>
      <p class="company-line">
        <strong>{solution.company}</strong>
        <CountryMark code={solution.country} />
        {solution.city !== null && <span>{solution.city}</span>}
      </p>
      <p class={solution.excerpt ? 'clamp' : 'undeclared'}>{solution.excerpt || words.noOffer}</p>
      {labels.length > 0 && <p class="fine">{labels.slice(0, 4).join(' · ')}</p>}
      <p class="card-foot">
        <TrlMark level={solution.trl} demo={solution.demo.trl} />
        <PhaseMarks {...solution} />
        {solution.useCases > 0 && <span class="fine">{words.useCases(solution.useCases)}</span>}
      </p>
    </li>
  );
}

/** The solutions that fit, a page at a time. */
export function SolutionList() {
  const pages = usePages<SolutionCard>('/mapping/solutions', {
    ...searchQuery(),
    sort: filterValue('sort'),
    limit: 24,
  });
  const filtered = choiceCount() > 0 || searchQuery().q !== '';
  return (
    <PageList
      pages={pages}
      empty={
        <Empty icon="search" title={filtered ? words.empty : words.emptyAtAll}>
          <p>{filtered ? words.emptyBody : words.emptyAtAllBody}</p>
          {filtered && <Button onClick={clearChoices}>{words.filters.clear}</Button>}
        </Empty>
      }
    >
      {(items) => (
        <ul class="solution-list plain-list">
          {items.map((solution) => (
            <SolutionItem key={`${solution.smeId}/${solution.id}`} solution={solution} />
          ))}
        </ul>
      )}
    </PageList>
  );
}
