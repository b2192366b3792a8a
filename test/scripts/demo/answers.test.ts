import { expect } from 'chai';
import { demoAnswers } from '../../../scripts/demo/answers.ts';
import { seededRandom, shuffled } from '../../../scripts/demo/random.ts';
import { spreadOverCountries } from '../../../scripts/demo/cast.ts';
import { smeInputSchema, type SmeCard, type SmeView } from '../../../server/smes/schema.ts';
import { createTaxonomyService } from '../../../server/taxonomy/service.ts';

const taxonomy = createTaxonomyService().view();

/** A company as it stands after an import: a text, and nothing else. */
const imported = (offer: string): SmeView => ({
  id: 'sme-1',
  name: 'Harbour Eye',
  country: 'PT',
  city: null,
  website: null,
  clusterId: null,
  clusterName: null,
  sizeClass: 'not-yet-declared',
  headline: 'Harbour watch',
  trl: null,
  available: true,
  demoAnswers: [],
  languages: [],
  marketRole: null,
  projects: ['700199'],
  solutions: [
    {
      id: 's1',
      title: 'Harbour watch',
      offer,
      trl: null,
      capabilities: [],
      technologies: [],
      fields: [],
      sectors: [],
      phases: [],
    },
  ],
  needs: [],
  source: null,
  updatedAt: '2016-12-31T00:00:00.000Z',
});
const TEXT =
  'We watch harbours with artificial intelligence and big data. The lack of a common picture is the problem that port authorities face every day. Our system reached TRL 7.';
const answer = (text: string, seed = 1) =>
  demoAnswers(imported(text), taxonomy, '2016-12-31', seededRandom(seed));

describe('the answers of a demo participant', () => {
  it('take the level, the terms and the need from the own text where it names them', () => {
    const [solution] = answer(TEXT).solutions;
    expect(solution?.trl).to.equal(7);
    expect(solution?.technologies).to.include.members(['artificial_intelligence', 'big_data']);
    expect(answer(TEXT).needs[0]?.words).to.match(/lack of a common picture/);
  });

  it('are all marked as demo answers, and leave what was there as it was', () => {
    const { demoAnswers: marks, name, country, solutions } = answer(TEXT);
    expect(marks).to.include.members([
      'languages',
      'solutions.trl',
      'solutions.terms',
      'needs',
      'declaration',
    ]);
    expect({ name, country, offer: solutions[0]?.offer }).to.deep.equal({
      name: 'Harbour Eye',
      country: 'PT',
      offer: TEXT,
    });
  });

  it('are the same for the same seed, and fit the API', () => {
    expect(answer('A short text.', 7)).to.deep.equal(answer('A short text.', 7));
    expect(smeInputSchema.safeParse(answer('')).success).to.equal(true);
  });
});

describe('the seeded source', () => {
  it('gives numbers in [0, 1) and an order that loses nobody', () => {
    const random = seededRandom(42);
    expect(Array.from({ length: 1000 }, random).every((value) => value >= 0 && value < 1)).to.equal(true);
    expect(shuffled([1, 2, 3, 4], random).toSorted()).to.deep.equal([1, 2, 3, 4]);
  });
});

describe('participants', () => {
  it('are spread over countries: one of each in turn', () => {
    const card = (id: string, country: string): SmeCard => ({ id, country }) as SmeCard; // only these two are read
    const cards = [card('1', 'FR'), card('2', 'FR'), card('3', 'DE'), card('4', 'FR')];
    expect(spreadOverCountries(cards, 3).map(({ id }) => id)).to.deep.equal(['1', '3', '2']);
    expect(spreadOverCountries(cards, 9)).to.have.length(4);
  });
});
