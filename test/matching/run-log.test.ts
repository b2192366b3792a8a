import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../matching/canonical.ts';
import { AIMS, DEFAULT_WEIGHTS, MatchingIndex, OVERS, type PairingOptions } from '../../matching/index.ts';
import { replay } from '../../matching/replay.ts';
import { runLogOf, sameRun, type IndexInputs, type RunLog } from '../../matching/run-log.ts';
import type { Profile } from '../../matching/types.ts';
import { arbitraryPool, buildCall, buildProfile, TAXONOMY } from './support/pool.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Something that comes in one order, and the same in another. */
const shuffledPool = arbitraryPool.chain((pool) =>
  fc.tuple(fc.constant(pool), fc.shuffledSubarray(pool, { minLength: pool.length })),
);
const options: fc.Arbitrary<PairingOptions> = fc.record({
  aim: fc.constantFrom(...AIMS),
  over: fc.constantFrom(...OVERS),
  minScore: fc.constantFrom(0, 200_000),
});

const inputsOf = (profiles: readonly Profile[], given: Partial<IndexInputs> = {}): IndexInputs => ({
  taxonomy: TAXONOMY,
  call: buildCall(),
  weights: DEFAULT_WEIGHTS,
  listLength: 3,
  profiles,
  ...given,
});

function runOf(inputs: IndexInputs, asked: PairingOptions = {}, engine = '1.0.0'): RunLog {
  const index = new MatchingIndex(inputs);
  index.upsert(inputs.profiles);
  for (const _ of index.refresh());
  return runLogOf({ ...index.inputs(), engine }, index.pairs(asked), sha256);
}

function replayed(log: RunLog): RunLog {
  const work = replay(log.inputs);
  let step = work.next();
  while (step.done !== true) step = work.next();
  return runLogOf(log.inputs, step.value, sha256);
}

describe('the log of a run', () => {
  it('is the same to the byte whatever the order of the profiles, the taxonomy and the countries', () => {
    fc.assert(
      fc.property(shuffledPool, options, ([pool, other], asked) => {
        const call = buildCall();
        const one = runOf(inputsOf(pool), asked);
        const again = runOf(
          inputsOf(other, {
            taxonomy: TAXONOMY.toReversed(),
            call: { ...call, countries: call.countries.toReversed() },
          }),
          asked,
        );
        expect(canonicalJson(again)).to.equal(canonicalJson(one));
      }),
    );
  });

  it('is all that is needed to run again, after edits too, and through JSON', () => {
    fc.assert(
      fc.property(shuffledPool, options, ([pool, other], asked) => {
        const inputs = inputsOf(pool);
        const index = new MatchingIndex(inputs);
        // half of them, then all, then one less: the way there must not show
        for (const batch of [other.slice(0, pool.length / 2), other]) {
          index.upsert(batch);
          for (const _ of index.refresh());
        }
        index.remove(other.slice(0, 1).map(({ id }) => id));
        for (const _ of index.refresh());
        const log = runLogOf({ ...index.inputs(), engine: '1.0.0' }, index.pairs(asked), sha256);
        const stored = JSON.parse(canonicalJson(log)) as RunLog; // what canonicalJson wrote
        expect(canonicalJson(replayed(stored))).to.equal(canonicalJson(log));
        expect(sameRun(log, replayed(stored))).to.deep.equal([]);
      }),
    );
  });

  it('has another hash whenever anything that counts is another', () => {
    const pool = ['FR', 'IT', 'FI'].map((country, i) => buildProfile({ id: `P${i}`, country }));
    const base = runOf(inputsOf(pool));
    const others: readonly [RunLog, string][] = [
      [runOf(inputsOf(pool, { weights: { ...DEFAULT_WEIGHTS, reach: 9 } })), 'reach 5 → 9'],
      [runOf(inputsOf(pool, { call: buildCall({ taken: ['P1'] }) })), 'rules of the call'],
      [runOf(inputsOf(pool, { listLength: 4 })), '4 long instead of 3'],
      [runOf(inputsOf(pool, { taxonomy: TAXONOMY.slice(1) })), 'taxonomy'],
      [runOf(inputsOf(pool), { aim: 'stable' }), 'Something else was asked'],
      [runOf(inputsOf(pool), {}, '1.0.1'), 'was 1.0.0, then 1.0.1'],
      [runOf(inputsOf(pool.slice(1))), '0 added, 1 gone, 0 changed'],
      [runOf(inputsOf(pool.map((one) => ({ ...one, languages: ['en'] })))), '0 added, 0 gone, 3 changed'],
    ];
    const hashes = new Set([base, ...others.map(([log]) => log)].map(({ inputHash }) => inputHash));
    expect(hashes.size).to.equal(others.length + 1);
    for (const [log, words] of others) expect(sameRun(base, log).join(' ')).to.contain(words);
  });

  it('tells what came out otherwise', () => {
    const pool = ['FR', 'IT', 'FI'].map((country, i) => buildProfile({ id: `P${i}`, country }));
    const log = runOf(inputsOf(pool));
    const told = (outcome: Partial<RunLog['outcome']>): string[] =>
      sameRun(log, { ...log, resultHash: 'another', outcome: { ...log.outcome, ...outcome } });
    expect(told({ pairs: [{ a: 'P0', b: 'P9', score: 1 }] })).to.deep.equal(['1 pairs are new, 1 are gone.']);
    expect(told({ total: 1, bound: 2, status: 'feasible' })).to.deep.equal([
      'The status was optimal, now it is feasible.',
      `The total was ${log.outcome.total}, now it is 1.`,
      `The bound was ${log.outcome.bound}, now it is 2.`,
    ]);
    expect(told({ pairs: log.outcome.pairs.map((pair) => ({ ...pair, score: 7 })) })).to.deep.equal([
      'The pairs are the same, some of their scores differ.',
    ]);
    expect(told({})).to.deep.equal(['The pairs are the same, but what is said of them differs.']);
  });
});
