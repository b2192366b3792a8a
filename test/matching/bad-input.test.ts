import { expect } from 'chai';
import {
  MatchingIndex,
  planRounds,
  roomOf,
  type IndexOptions,
  type PairingOptions,
  type RoundsOptions,
} from '../../matching/index.ts';
import { SCALE, type Call, type Profile, type Weights } from '../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { finish, refresh } from './support/oracle.ts';
import { buildCall, buildNeed, buildProfile, buildSolution, TAXONOMY } from './support/pool.ts';

/*
 * What the engine does with bad input: each line is an error that names the fault, after which everything is as before, or a behaviour that
 * is promised. The table in docs/matching.md, 'What is refused', follows these tests.
 */

const indexOf = (pool: readonly Profile[], given: Partial<IndexOptions> = {}): MatchingIndex => {
  const index = new MatchingIndex({
    taxonomy: TAXONOMY,
    call: buildCall(),
    weights: DEFAULT_WEIGHTS,
    ...given,
  });
  index.upsert(pool);
  refresh(index);
  return index;
};

const TWO = [buildProfile({ id: 'a', country: 'FR' }), buildProfile({ id: 'b', country: 'IT' })];
const partnersOf = (index: MatchingIndex, id: string): string[] | undefined =>
  index.list(id)?.suggestions.map(({ partner }) => partner);

describe('bad input of the engine', () => {
  const badWeights: [string, Partial<Weights>, string][] = [
    ['NaN', { reach: NaN }, 'The weight of reach must be a whole number from 0 to 100.'],
    ['a fraction', { trl: 0.5 }, 'The weight of trl must be a whole number'],
    ['a negative number', { text: -1 }, 'The weight of text is -1; allowed is 0 to 100.'],
    ['infinity', { text: Infinity }, 'The weight of text must be a whole number'],
    [
      'nothing but zeros',
      { capability: 0, text: 0, trl: 0, domain: 0, challenge: 0, reach: 0, practical: 0 },
      'At least one weight must be above 0.',
    ],
  ];
  for (const [what, given, message] of badWeights) {
    it(`refuses ${what} as a weight wherever weights come in, and goes on as before`, () => {
      const weights = { ...DEFAULT_WEIGHTS, ...given };
      expect(() => indexOf([], { weights })).to.throw(RangeError, message);
      const index = indexOf(TWO);
      const before = JSON.stringify([...index.lists()]);
      expect(() => {
        index.setWeights(weights);
      }).to.throw(RangeError, message);
      expect(() => finish(index.preview(weights))).to.throw(RangeError, message);
      expect(() => finish(index.trial({ weights }))).to.throw(RangeError, message);
      expect(() => finish(index.whatIf({ weights }, { widening: new Set() }))).to.throw(RangeError, message);
      refresh(index);
      expect(JSON.stringify([...index.lists()])).to.equal(before);
    });
  }

  it('refuses a length of lists that is not a whole number above 0, and gives shorter lists where it is above the pool', () => {
    for (const listLength of [0, -1, 1.5, NaN]) {
      expect(() => indexOf([], { listLength })).to.throw(RangeError, `is ${listLength}`);
    }
    expect(partnersOf(indexOf(TWO, { listLength: 1000 }), 'a')).to.deep.equal(['b']);
  });

  it('matches SMEs that have said nothing, by what is neutral', () => {
    const blank = [
      buildProfile({ id: 'a', name: '', solutions: [buildSolution()], needs: [buildNeed()] }),
      buildProfile({ id: 'b', name: '', country: 'IT' }),
    ];
    const index = indexOf(blank);
    expect(partnersOf(index, 'a')).to.deep.equal(['b']);
    expect(index.explain('a', 'b').factors.find(({ factor }) => factor === 'text')?.known).to.equal(false);
  });

  it('proposes nobody where there is one country only, or where the call admits none', () => {
    const pool = ['a', 'b', 'c'].map((id) => buildProfile({ id }));
    const closed: Call = buildCall({ countries: [], instruments: [], challenges: [] });
    for (const index of [indexOf(pool), indexOf(TWO, { call: closed })]) {
      expect([...index.lists()].flatMap(({ suggestions }) => suggestions)).to.deep.equal([]);
      for (const aim of ['total', 'everybody', 'proportional', 'minimum', 'stable'] as const) {
        const result = index.pairs({ aim });
        expect(result).to.include({ total: 0, bound: 0, gap: 0, status: 'optimal', floor: null });
        expect(result.alone).to.have.length(index.size);
        expect(index.verify(result)).to.deep.equal([]);
      }
    }
  });

  it('answers for an empty pool with nothing', () => {
    const index = indexOf([]);
    expect([...index.lists()]).to.deep.equal([]);
    expect(index.pairs()).to.deep.include({ pairs: [], alone: [], status: 'optimal' });
    expect(index.verify(index.pairs())).to.deep.equal([]);
    expect(finish(index.room([])).participants).to.deep.equal([]);
  });

  it('takes the later of two profiles with one id', () => {
    const index = indexOf([...TWO, buildProfile({ id: 'b', country: 'FR' })]);
    expect(index.size).to.equal(2);
    expect(partnersOf(index, 'a')).to.deep.equal([]);
  });

  it('takes terms that the taxonomy does not have as not declared, and refuses a taxonomy that has one twice', () => {
    const odd = buildSolution({ capabilities: ['no-such-term'], fields: ['nor-this'] });
    const [withOdd, without] = [odd, buildSolution()].map((solution) =>
      indexOf([buildProfile({ id: 'a', solutions: [solution] }), buildProfile({ id: 'b', country: 'IT' })]),
    );
    expect(withOdd?.list('b')).to.deep.equal(without?.list('b'));
    const [term] = TAXONOMY;
    if (!term) throw new Error('the taxonomy is empty');
    expect(() => indexOf([], { taxonomy: [term, term] })).to.throw(RangeError, term.id);
  });

  it('names an id that is not in the pool, and passes over one that is to be taken out', () => {
    const index = indexOf(TWO);
    expect(() => index.explain('a', 'nobody')).to.throw(RangeError, "'nobody'");
    expect(() => finish(index.room(['a', 'nobody']))).to.throw(RangeError, "'nobody'");
    expect(() => finish(index.room(['a', 'a']))).to.throw(RangeError, 'a is in the room twice');
    expect(index.list('nobody')).to.equal(undefined);
    index.remove(['nobody']);
    expect(index.size).to.equal(2);
  });

  it('refuses what is asked of a set of pairs where it is out of range or contradicts itself', () => {
    const index = indexOf([...TWO, buildProfile({ id: 'c', country: 'IT' })]);
    // what comes from outside is not held to the types
    const loud = JSON.parse('{"aim": "loudest"}') as PairingOptions;
    const far = JSON.parse('{"over": "the moon"}') as PairingOptions;
    const refused: [PairingOptions, string][] = [
      [{ minScore: NaN }, 'The minimum score is NaN'],
      [{ minScore: -1 }, 'The minimum score is -1'],
      [{ minScore: SCALE + 1 }, `from 0 to ${SCALE}`],
      [loud, "The aim is 'loudest'; allowed are total, everybody, proportional, minimum, stable."],
      [far, "The choice of pairs is 'the moon'"],
      [{ pinned: [['a', 'a']] }, 'a is pinned to two partners'],
      [{ pinned: [['a', 'b'], ['a', 'c']] }, 'a is pinned to two partners'], // prettier-ignore
      [{ pinned: [['b', 'c']] }, 'b and c may not be pinned: Both are based in Italy'],
      [{ pinned: [['a', 'nobody']] }, 'is not in the pool'],
      [{ pinned: [['a', 'b']], forbidden: [['b', 'a']] }, 'a and b are pinned and forbidden'],
    ];
    for (const [options, message] of refused) {
      expect(() => index.pairs(options), message).to.throw(RangeError, message);
    }
    expect(index.pairs({ minScore: SCALE }).pairs).to.deep.equal([]);
  });

  it('refuses a room that is none', () => {
    const score = 5;
    expect(() => roomOf(['a', 'a'], [])).to.throw(RangeError, 'a is in the room twice');
    expect(() => roomOf(['a'], [{ a: 'a', b: 'b', score }])).to.throw(
      RangeError,
      'a or b is not in the room',
    );
    expect(() => roomOf(['a'], [{ a: 'a', b: 'a', score }])).to.throw(RangeError, 'a cannot meet itself');
    const twice = [
      { a: 'a', b: 'b', score },
      { a: 'b', b: 'a', score },
    ];
    expect(() => roomOf(['a', 'b'], twice)).to.throw(RangeError, 'comes twice');
    for (const bad of [NaN, -1, 0.5, SCALE + 1]) {
      expect(() => roomOf(['a', 'b'], [{ a: 'a', b: 'b', score: bad }])).to.throw(RangeError, `is ${bad}`);
    }
    const crowd = Array.from({ length: 3001 }, (_, at) => String(at));
    expect(() => roomOf(crowd, [])).to.throw(RangeError, 'a room holds 3000 at most');
  });

  it('says why what cannot be had cannot, and what is possible at best, instead of failing', () => {
    const room = roomOf(
      ['a', 'b', 'c'],
      [
        { a: 'a', b: 'b', score: 5 },
        { a: 'a', b: 'c', score: 5 },
      ],
    );
    const must = (from: string, to: string) => ({ from, to, kind: 'must' as const });
    const options: RoundsOptions = {
      rounds: 1,
      needed: 3,
      wishes: [must('a', 'b'), must('a', 'c'), must('b', 'c')],
    };
    const { wishes, demand } = finish(planRounds(room, options));
    expect(wishes.met).to.have.length(1);
    expect(wishes.unmet.map(({ reason }) => reason)).to.have.members([
      'more-wishes-than-rounds',
      'not-allowed',
    ]);
    expect(demand).to.include({ needed: 3, reached: 0, atMost: 0 });
    expect(demand.short.map(({ reason, atMost }) => [reason, atMost])).to.deep.equal([
      ['too-few-rounds', 1],
      ['too-few-rounds', 1],
      ['too-few-rounds', 1],
    ]);
  });
});
