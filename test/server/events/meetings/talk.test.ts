import { expect } from 'chai';
import { MatchingIndex, DEFAULT_WEIGHTS, inSentence } from '../../../../matching/index.ts';
import type { Profile } from '../../../../matching/types.ts';
import { loadCall } from '../../../../server/calls/calls.ts';
import { talkOf } from '../../../../server/events/meetings/talk.ts';
import { createTaxonomyService } from '../../../../server/taxonomy/service.ts';

const taxonomy = createTaxonomyService();
const [first, second] = taxonomy.terms
  .filter(({ facet }) => facet === 'knowledge_domain')
  .map(({ id }) => id);
const spoken = (term: string): string => inSentence(taxonomy.labelOf(term));

interface Side {
  readonly offers?: readonly string[];
  readonly needs?: readonly string[];
  readonly offer?: string;
  readonly words?: string;
  readonly trl?: 5 | 6 | 8 | null;
}

const none = { technologies: [], fields: [], sectors: [] };
const profile = (id: string, country: string, side: Side): Profile => ({
  id,
  name: id,
  country,
  clusterId: null,
  sizeClass: 'small',
  marketRole: null,
  languages: ['en'],
  group: null,
  available: true,
  solutions: [
    {
      id: 's',
      title: '',
      offer: side.offer ?? '',
      trl: side.trl ?? null,
      capabilities: [...(side.offers ?? [])],
      ...none,
    },
  ],
  needs:
    side.needs || side.words !== undefined
      ? [
          {
            id: 'n',
            words: side.words ?? '',
            trlMin: null,
            trlMax: null,
            capabilities: [...(side.needs ?? [])],
            ...none,
          },
        ]
      : [],
  conflicts: [],
  declined: [],
});

/** What the first of two could talk about with the second, who is called Beta. */
function talk(one: Side, other: Side): string[] {
  const index = new MatchingIndex({
    taxonomy: taxonomy.terms,
    call: { ...loadCall(), challenges: [] },
    weights: DEFAULT_WEIGHTS,
  });
  index.upsert([profile('a', 'FR', one), profile('b', 'DE', other)]);
  for (const _ of index.refresh());
  return talkOf(index.explain('a', 'b'), { partner: 'Beta', spoken });
}

describe('what to talk about', () => {
  it('names what each offers that the other looks for', () => {
    const said = talk(
      { offers: [first ?? ''], needs: [second ?? ''] },
      { offers: [second ?? ''], needs: [first ?? ''] },
    );
    expect(said[0]).to.equal(`Ask Beta about ${spoken(second ?? '')}: it offers that, and you look for it.`);
    expect(said[1]).to.equal(`Tell Beta about ${spoken(first ?? '')}: you offer that, and it looks for it.`);
  });

  it('speaks of the words where nobody named terms, and of a need only where there is one', () => {
    const said = talk(
      { offer: 'thermal cameras on drones', words: 'someone who can encrypt radio links' },
      { offer: 'we encrypt radio links of drones' },
    );
    expect(said[0]).to.match(/^Ask Beta about ‘.*: its offer speaks of it, and so does your need\.$/);
    expect(said[0]).to.include('encrypt');
    expect(said[1]).to.match(/^Tell Beta about ‘drones’: .* and so does its own work\.$/);
  });

  it('says who is ahead in readiness, by how much', () => {
    const sides = { offers: [first ?? ''], needs: [first ?? ''] };
    expect(talk({ ...sides, trl: 6 }, { ...sides, trl: 8 }).at(-1)).to.equal(
      'Beta is 2 levels of readiness ahead (TRL 8, you at TRL 6): how is that closed within a project?',
    );
    expect(talk({ ...sides, trl: 6 }, { ...sides, trl: 5 }).at(-1)).to.equal(
      'You are one level of readiness ahead (TRL 6, Beta at TRL 5): how is that closed within a project?',
    );
    expect(talk({ ...sides, trl: 6 }, { ...sides, trl: 6 }).at(-1)).to.equal(
      'You and Beta both stand at TRL 6: what would the next level take?',
    );
  });

  it('says nothing of what is not known', () => {
    expect(talk({}, {})).to.deep.equal([]);
  });
});
