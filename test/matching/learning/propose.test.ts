import { expect } from 'chai';
import fc from 'fast-check';
import { DEFAULT_WEIGHTS } from '../../../matching/index.ts';
import { FACTORS, SCALE, type Weights } from '../../../matching/types.ts';
import { buildDecision, decisionsBy, proposalFrom, proposed } from './support.ts';

const distance = (one: Weights, other: Weights): number =>
  FACTORS.reduce((sum, factor) => sum + Math.abs(one[factor] - other[factor]), 0);
const sumOf = (weights: Weights): number => FACTORS.reduce((sum, factor) => sum + weights[factor], 0);

/** What people really look at, in the examples. */
const TRUE: Weights = {
  capability: 10,
  text: 20,
  trl: 30,
  domain: 25,
  challenge: 0,
  reach: 0,
  practical: 15,
};

describe('weights from decisions', () => {
  it('come near the weights that people decide by, within the interval of each, from many decisions', () => {
    const { weights, byFactor, evaluation } = proposed(
      decisionsBy(TRUE, { count: 6000, smes: 300 }),
      DEFAULT_WEIGHTS,
    );
    expect(distance(weights, TRUE)).to.be.below(distance(DEFAULT_WEIGHTS, TRUE) / 4);
    for (const factor of FACTORS) {
      const { low, high } = byFactor[factor];
      expect(TRUE[factor], factor).to.be.within(Math.floor(low), Math.ceil(high));
      expect(high - low, factor).to.be.below(12);
    }
    expect(evaluation.verdict).to.equal('better');
    expect(evaluation.auc.proposed).to.be.above(evaluation.auc.standing);
    expect(evaluation.auc.gain.low).to.be.above(0);
  });

  it('hold the true weights within their intervals about as often as they say', () => {
    let inside = 0;
    for (let seed = 1; seed <= 20; seed += 1) {
      const { byFactor } = proposed(decisionsBy(DEFAULT_WEIGHTS, { count: 400, seed }), DEFAULT_WEIGHTS);
      for (const factor of FACTORS) {
        const { low, high } = byFactor[factor];
        if (DEFAULT_WEIGHTS[factor] >= low && DEFAULT_WEIGHTS[factor] <= high) inside += 1;
      }
    }
    expect(inside / (20 * FACTORS.length)).to.be.at.least(0.93);
  });

  it('move little for few decisions, whatever these say', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const { weights } = proposed(decisionsBy(TRUE, { count: 45, smes: 20, seed }), DEFAULT_WEIGHTS);
      for (const factor of FACTORS) {
        expect(Math.abs(weights[factor] - DEFAULT_WEIGHTS[factor])).to.be.at.most(15);
      }
    }
  });

  it('are no better where people already decide by the standing weights, and that is said', () => {
    const { evaluation, weights } = proposed(
      decisionsBy(DEFAULT_WEIGHTS, { count: 1500, smes: 150 }),
      DEFAULT_WEIGHTS,
    );
    expect(evaluation.verdict).to.not.equal('better');
    expect(distance(weights, DEFAULT_WEIGHTS)).to.be.below(25);
    expect(evaluation.logLoss.gain.low).to.be.below(evaluation.logLoss.gain.value);
  });

  it('are whole numbers from 0 to 100 that add up to the same as before, or as near as 100 allows', () => {
    const decisions = decisionsBy(TRUE, { count: 120 });
    const weight = fc.integer({ min: 0, max: 100 });
    const standing = fc.record({
      capability: weight,
      text: weight,
      trl: weight,
      domain: weight,
      challenge: weight,
      reach: weight,
      practical: weight,
    });
    fc.assert(
      fc.property(
        standing.filter((weights) => sumOf(weights) > 0),
        (weights) => {
          const proposal = proposed(decisions, weights);
          const values = FACTORS.map((factor) => proposal.weights[factor]);
          expect(values.every((value) => Number.isInteger(value) && value >= 0 && value <= 100)).to.equal(
            true,
          );
          expect(sumOf(proposal.weights)).to.equal(proposal.total);
          expect(proposal.total).to.be.at.most(sumOf(weights));
          if (proposal.total < sumOf(weights)) expect(Math.max(...values)).to.be.at.least(85);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('do not depend on the order of the decisions, nor on a decision said twice', () => {
    const decisions = decisionsBy(TRUE, { count: 150 });
    const expected = proposed(decisions, DEFAULT_WEIGHTS);
    const shuffled = fc.shuffledSubarray(decisions, { minLength: decisions.length });
    fc.assert(
      fc.property(shuffled, fc.subarray(decisions), (order, again) => {
        expect(proposed([...order, ...again], DEFAULT_WEIGHTS)).to.deep.equal(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('never give a weight to a factor that speaks against a yes', () => {
    const decisions = decisionsBy({ ...TRUE, capability: 0 }, { count: 4000, smes: 200 }).map((one) => ({
      ...one,
      values: { ...one.values, capability: one.kind === 'not-for-me' ? SCALE : 0 },
    }));
    expect(proposed(decisions, DEFAULT_WEIGHTS).weights.capability).to.equal(0);
  });
});

describe('too little to learn from', () => {
  it('is refused, with what is missing and how much', () => {
    const refusal = proposalFrom(decisionsBy(TRUE, { count: 12, smes: 4 }), DEFAULT_WEIGHTS);
    expect(refusal).to.deep.include({ ok: false, reason: 'too-few' });
    expect(refusal.ok ? [] : refusal.missing.map(({ what }) => what)).to.include.members([
      'decisions',
      'smes',
    ]);
    expect(proposalFrom([], DEFAULT_WEIGHTS)).to.deep.include({
      missing: [
        { what: 'decisions', have: 0, need: 30 },
        { what: 'accepted', have: 0, need: 10 },
        { what: 'declined', have: 0, need: 10 },
        { what: 'smes', have: 0, need: 10 },
      ],
    });
  });

  it('is refused where all decisions are of one kind', () => {
    const declines = Array.from({ length: 200 }, (_, i) =>
      buildDecision({ sme: `S${i % 40}`, partner: `P${i}` }),
    );
    expect(proposalFrom(declines, DEFAULT_WEIGHTS)).to.deep.include({
      reason: 'too-few',
      missing: [{ what: 'accepted', have: 0, need: 10 }],
    });
    const accepts = declines.map((one) => ({ ...one, kind: 'consortium' as const }));
    expect(proposalFrom(accepts, DEFAULT_WEIGHTS)).to.deep.include({
      missing: [{ what: 'declined', have: 0, need: 10 }],
    });
  });

  it('is refused where every factor speaks against a yes', () => {
    const decisions = Array.from({ length: 4000 }, (_, i) => {
      const says = i % 2 === 0;
      const value = says ? 0 : SCALE;
      const values = {
        capability: value,
        text: value,
        trl: value,
        domain: value,
        challenge: value,
        reach: value,
        practical: value,
      };
      return buildDecision({
        sme: `S${i % 40}`,
        partner: `P${i}`,
        kind: says ? 'met-again' : 'not-for-me',
        values,
      });
    });
    expect(proposalFrom(decisions, DEFAULT_WEIGHTS)).to.deep.include({ ok: false, reason: 'no-direction' });
  });
});
