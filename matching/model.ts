import { prepareChallenges, type PreparedChallenge } from './factors/challenge.ts';
import type { Taxonomy } from './taxonomy.ts';
import { FACTORS, type Call, type Factor, type Weights } from './types.ts';
import { weightShares } from './weights.ts';

/** Shares of the factors in the order of FACTORS; whole numbers that add up to SCALE. */
export type Shares = readonly number[];

/** Everything that the score of a pair depends on beside the two SMEs. */
export interface Model {
  readonly taxonomy: Taxonomy;
  readonly call: Call;
  /** The same object as long as the rules of the call are the same, but for who is taken. */
  readonly challenges: readonly PreparedChallenge[];
  readonly weights: Weights;
  /** By what is known of a pair: place `(capability known ? 1 : 0) + (text known ? 2 : 0)`. */
  readonly shares: readonly Shares[];
}

const inOrder = (weights: Record<Factor, number>): Shares => FACTORS.map((factor) => weights[factor]);

/** Capability and text ask one question; where one of them is silent the other carries the weight of both. */
const moved = (shares: Record<Factor, number>, silent: Factor, carrier: Factor): Shares =>
  inOrder({ ...shares, [silent]: 0, [carrier]: shares[silent] + shares[carrier] });

const sharesOf = (weights: Weights): readonly Shares[] => {
  const shares = weightShares(weights);
  return [
    inOrder(shares),
    moved(shares, 'text', 'capability'),
    moved(shares, 'capability', 'text'),
    inOrder(shares),
  ];
};

/** Prepares call and weights for scoring. */
export const buildModel = (taxonomy: Taxonomy, call: Call, weights: Weights): Model => ({
  taxonomy,
  call,
  challenges: prepareChallenges(call, taxonomy),
  weights,
  shares: sharesOf(weights),
});

const sameJson = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The model under other rules or weights; what does not change stays the same object. */
export function modelAfter(model: Model, call: Call, weights: Weights): Model {
  const sameCall = model.call === call || sameJson(model.call, call);
  const sameRules = sameCall || sameJson({ ...model.call, taken: [] }, { ...call, taken: [] });
  if (!sameRules) return buildModel(model.taxonomy, call, weights);
  const after = sameCall ? model : { ...model, call };
  if (sameJson(model.weights, weights)) return after;
  return { ...after, weights, shares: sharesOf(weights) };
}

/** Shares for a pair by what is known of it. */
export const sharesFor = ({ shares }: Model, capabilityKnown: boolean, textKnown: boolean): Shares =>
  shares[(capabilityKnown ? 1 : 0) + (textKnown ? 2 : 0)];
