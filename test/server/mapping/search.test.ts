import { expect } from 'chai';
import fc from 'fast-check';
import type { Catalogue } from '../../../server/mapping/catalogue.ts';
import { compileChoices, type Choices } from '../../../server/mapping/filters.ts';
import { matrixOf } from '../../../server/mapping/matrix.ts';
import { ORDERS, pageOfHits, sortHits } from '../../../server/mapping/order.ts';
import { relatedTo } from '../../../server/mapping/related.ts';
import { solutionSorts } from '../../../server/mapping/schema.ts';
import { countFacets, searchSolutions } from '../../../server/mapping/search.ts';
import { loadCountries } from '../../../server/taxonomy/places.ts';
import { taxonomy } from '../smes/support.ts';
import { emptyCatalogue, sme, solution } from './support.ts';

const none: Choices = {
  capabilities: [],
  technologies: [],
  fields: [],
  sectors: [],
  countries: [],
  phases: [],
  trlMin: null,
  trlMax: null,
  publicOnly: false,
};

function filled(): Catalogue {
  const catalogue = emptyCatalogue();
  catalogue.put(
    sme({
      _id: 'a',
      name: 'Écluse Sécurité',
      solutions: [
        solution({
          title: 'Post-quantum cryptography for satellites',
          trl: 7,
          capabilities: ['post-quantum_cryptography'],
          sectors: ['space'],
        }),
        solution({
          id: 's2',
          title: 'Key vault',
          offer: 'Stores keys.',
          trl: 9,
          capabilities: ['cryptology'],
        }),
      ],
    }),
  );
  catalogue.put(
    sme({
      _id: 'b',
      country: 'DE',
      listedPublicly: false,
      solutions: [
        solution({
          title: 'Drone detection',
          offer: 'Passive radar detects drones near satellites.',
          trl: 6,
          capabilities: ['intrusion_detection_honeypots'],
          sectors: ['space'],
        }),
      ],
    }),
  );
  catalogue.put(sme({ _id: 'c', country: 'LT', solutions: [solution({ title: 'Training for guards' })] }));
  return catalogue;
}
const idsOf = (catalogue: Catalogue, q: string, choices: Partial<Choices> = {}): string[] =>
  sortHits(searchSolutions(catalogue, { q, choices: { ...none, ...choices } }), ORDERS.relevance).map(
    ({ entry }) => `${entry.smeId}/${entry.solutionId}`,
  );

describe('search of solutions', () => {
  it('finds words in titles, offers, company names and the labels of terms, best first', () => {
    const catalogue = filled();
    expect(idsOf(catalogue, 'satellites')).to.deep.equal(['a/s1', 'b/s1']);
    expect(idsOf(catalogue, 'ecluse')).to.have.members(['a/s1', 'a/s2']);
    expect(idsOf(catalogue, 'cryptology')).to.deep.equal(['a/s2']);
    expect(idsOf(catalogue, 'drone radar')).to.deep.equal(['b/s1']);
  });

  it('takes other forms and the beginnings of words', () => {
    expect(idsOf(filled(), 'detecting')).to.deep.equal(['b/s1']);
    expect(idsOf(filled(), 'satel')).to.deep.equal(['a/s1', 'b/s1']);
  });

  it('reads a word that nobody uses as the one it was meant to be, and says so', () => {
    const catalogue = filled();
    const hits = searchSolutions(catalogue, { q: 'crytpography', choices: none });
    const { words } = countFacets(catalogue, { q: 'crytpography', choices: none });
    expect(hits.map(({ entry }) => entry.solutionId)).to.include('s1');
    expect(words.readAs).to.deep.equal([{ typed: 'crytpography', as: ['cryptography'] }]);
  });

  it('asks whether a far commoner word was meant', () => {
    const catalogue = filled();
    for (let i = 0; i < 20; i++) catalogue.put(sme({ solutions: [solution({ title: 'Radar' })] }));
    catalogue.put(sme({ solutions: [solution({ title: 'Rador' })] }));
    const { words } = countFacets(catalogue, { q: 'rador', choices: none });
    expect(words.didYouMean).to.equal('radar');
  });

  it('shows what has some of the words where nothing has all of them, and says so', () => {
    const { counts, words } = countFacets(filled(), { q: 'drone vault', choices: none });
    expect(counts.total).to.equal(2);
    expect(words.someWords).to.equal(true);
  });

  it('finds nothing for nonsense, and everything for no words', () => {
    expect(idsOf(filled(), 'zzzzqqqq')).to.deep.equal([]);
    expect(idsOf(filled(), '  the ')).to.have.length(4);
  });

  it('joins choices: any within a list, all lists; a domain takes in its narrower terms', () => {
    const catalogue = filled();
    expect(idsOf(catalogue, '', { capabilities: ['cryptology'] })).to.have.members(['a/s1', 'a/s2']);
    expect(idsOf(catalogue, '', { capabilities: ['cryptology'], sectors: ['space'] })).to.deep.equal([
      'a/s1',
    ]);
    expect(idsOf(catalogue, '', { countries: ['DE', 'LT'] })).to.have.members(['b/s1', 'c/s1']);
    expect(idsOf(catalogue, '', { trlMin: 7 })).to.have.members(['a/s1', 'a/s2']);
    expect(idsOf(catalogue, '', { phases: ['detect'] })).to.deep.equal(['b/s1']);
    expect(idsOf(catalogue, '', { publicOnly: true })).to.have.members(['a/s1', 'a/s2', 'c/s1']);
  });

  it('forgets an SME with its words', () => {
    const catalogue = filled();
    catalogue.remove('b');
    expect(idsOf(catalogue, 'drone')).to.deep.equal([]);
    expect(countFacets(catalogue, { q: 'dronee', choices: none }).words.readAs).to.deep.equal([]);
  });

  it('is the same after thousands of changes as from scratch', () => {
    const catalogue = filled();
    for (let round = 0; round < 1_500; round++) {
      catalogue.put(sme({ _id: 'c', solutions: [solution({ title: `Guard ${round % 3}` })] }));
    }
    expect(catalogue.slotCount).to.be.lessThan(1_200);
    expect(idsOf(catalogue, 'satellites')).to.deep.equal(['a/s1', 'b/s1']);
    expect(idsOf(catalogue, 'guard')).to.deep.equal(['c/s1']);
  });
});

describe('facets', () => {
  it('count each choice as if nothing were chosen in its own list', () => {
    const { counts } = countFacets(filled(), {
      q: '',
      choices: { ...none, countries: ['FR'], sectors: ['space'] },
    });
    expect(counts.total).to.equal(1);
    expect(counts.companies).to.equal(1);
    expect(counts.countries).to.deep.equal([
      { value: 'DE', count: 1 },
      { value: 'FR', count: 1 },
    ]);
    expect(counts.terms.capabilities.map(({ value }) => value)).to.have.members([
      'cryptology',
      'post-quantum_cryptography',
    ]);
  });

  it('are what choosing them then finds', () => {
    const catalogue = filled();
    const { terms, phases } = countFacets(catalogue, { q: '', choices: none }).counts;
    for (const { value, count } of terms.capabilities) {
      expect(idsOf(catalogue, '', { capabilities: [value] }), value).to.have.length(count);
    }
    for (const { value, count } of phases)
      expect(idsOf(catalogue, '', { phases: [value] })).to.have.length(count);
  });
});

describe('pages of solutions', () => {
  const entryList = fc.array(
    fc.record({
      trl: fc.integer({ min: 0, max: 3 }),
      country: fc.constantFrom('FR', 'DE'),
      title: fc.constantFrom('b', 'a', 'c'),
    }),
    { maxLength: 40 },
  );

  it('put together are the whole in order, whatever it is sorted by', () => {
    fc.assert(
      fc.property(
        entryList,
        fc.constantFrom(...solutionSorts),
        fc.integer({ min: 1, max: 7 }),
        (list, sort, limit) => {
          const catalogue = emptyCatalogue();
          for (const { trl, country, title } of list) {
            catalogue.put(
              sme({ country, solutions: [solution({ title, trl: trl === 0 ? null : trl === 1 ? 5 : 7 })] }),
            );
          }
          const hits = searchSolutions(catalogue, { q: '', choices: none });
          const seen: string[] = [];
          let cursor: string | undefined;
          do {
            const page = pageOfHits(hits, ORDERS[sort], { limit, cursor });
            seen.push(...page.items.map(({ entry }) => entry.smeId));
            cursor = page.next ?? undefined;
          } while (cursor !== undefined);
          expect(seen).to.deep.equal(sortHits(hits, ORDERS[sort]).map(({ entry }) => entry.smeId));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the matrix', () => {
  const parts = (catalogue: Catalogue) => ({
    terms: taxonomy.terms,
    numbers: catalogue.terms,
    countries: loadCountries(),
  });

  it('has the 15 domains as rows, a zero where nobody offers one, and names the countries without any', () => {
    const catalogue = filled();
    const matrix = matrixOf([...catalogue.entries()], parts(catalogue), null);
    expect(matrix.rows).to.have.length(15);
    expect(matrix.countries.map(({ code }) => code)).to.have.members(['DE', 'FR', 'LT']);
    const row = matrix.rows.find(({ id }) => id === 'cryptology');
    expect(row?.total).to.equal(2);
    expect(matrix.countries.map(({ code }, at) => [code, row?.cells[at]])).to.deep.include(['DE', 0]);
    expect(matrix.without.map(({ code }) => code))
      .to.include('PT')
      .and.not.include('FR');
    expect(matrix.withoutCapability).to.equal(1);
  });

  it('opens a domain to its narrower terms', () => {
    const catalogue = filled();
    const matrix = matrixOf([...catalogue.entries()], parts(catalogue), 'cryptology');
    expect(matrix.rows[0]).to.include({ id: 'cryptology', isDomain: true, total: 2 });
    expect(matrix.rows.find(({ id }) => id === 'post-quantum_cryptography')?.total).to.equal(1);
  });
});

describe('related solutions', () => {
  it('are alike by capability, or bring other phases to the same place from another country', () => {
    const catalogue = filled();
    catalogue.put(
      sme({
        _id: 'd',
        country: 'IT',
        solutions: [solution({ capabilities: ['post-quantum_cryptography'] })],
      }),
    );
    const [entry] = catalogue.entriesOf('a');
    if (!entry) throw new Error('No solution of a.');
    const { similar, complementary } = relatedTo(entry, catalogue.entries(), catalogue.terms, 4);
    expect(similar.map((one) => one.entry.smeId)).to.deep.equal(['d']);
    expect(complementary.map((one) => [one.entry.smeId, one.adds])).to.deep.equal([['b', ['detect']]]);
  });
});

describe('choices', () => {
  it('tell what fails one list only from what fails more', () => {
    const catalogue = filled();
    const judge = compileChoices({ ...none, countries: ['FR'], trlMin: 9 }, catalogue.terms);
    const verdicts = Object.fromEntries(
      [...catalogue.entries()].map((entry) => [`${entry.smeId}/${entry.solutionId}`, judge(entry)]),
    );
    expect(verdicts).to.deep.equal({ 'a/s1': 'trl', 'a/s2': 'fits', 'b/s1': 'fails', 'c/s1': 'fails' });
  });
});
