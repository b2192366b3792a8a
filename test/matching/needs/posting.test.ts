import { expect } from 'chai';
import { MatchingIndex } from '../../../matching/index.ts';
import type { Profile } from '../../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../../matching/weights.ts';
import { syntheticPool } from '../../../scripts/bench/pool.ts';
import { readCompanies } from '../../../scripts/evaluate/records.ts';
import { profileOf } from '../../../scripts/evaluate/tandem.ts';
import { createTaxonomyService } from '../../../server/taxonomy/service.ts';
import { buildCall } from '../support/pool.ts';

const taxonomy = createTaxonomyService().terms;
const NO_TERMS = { capabilities: [], technologies: [], fields: [], sectors: [] };

/** How many suggestion lists the companies with these ids are in, on average. */
function listsEach(pool: readonly Profile[], ids: ReadonlySet<string>): number {
  const countries = [...new Set(pool.map(({ country }) => country))];
  const call = { ...buildCall(), countries, challenges: [] };
  const index = new MatchingIndex({ taxonomy, call, weights: DEFAULT_WEIGHTS });
  index.upsert(pool);
  for (const _ of index.refresh());
  const partners = [...index.lists()].flatMap(({ suggestions }) => suggestions);
  return partners.filter(({ partner }) => ids.has(partner)).length / ids.size;
}

describe('posting a need', function () {
  this.timeout(60_000);

  it('in words puts a company in about as many lists as posting none', () => {
    const companies = readCompanies('scripts/demo/cordis-smes.csv').map((one) =>
      profileOf(one, () => NO_TERMS),
    );
    // whoever declares anything else than words differs in more than the need
    const pool = [...syntheticPool({ companies, taxonomy }, 600)].map((profile) => ({
      ...profile,
      sizeClass: 'not-yet-declared' as const,
      marketRole: null,
      languages: [],
      solutions: profile.solutions.map((solution) => ({ ...solution, ...NO_TERMS, trl: null })),
      needs: profile.needs.map((need) => ({ ...need, ...NO_TERMS })),
    }));
    const posting = new Set(pool.filter(({ needs }) => needs.length > 0).map(({ id }) => id));
    const before = listsEach(
      pool.map((profile) => ({ ...profile, needs: [] })),
      posting,
    );
    expect(posting.size).to.be.above(200);
    expect(listsEach(pool, posting) / before).to.be.within(0.75, 1.35);
  });
});
