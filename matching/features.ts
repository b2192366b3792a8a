import { challengeCover } from './factors/challenge.ts';
import type { ReachTable } from './factors/reach.ts';
import type { Model } from './model.ts';
import type { Prepared } from './prepare.ts';
import { ownRefusals } from './rules.ts';
import { answerWeights, queryWeights, type TextStatistics, type Weighted } from './text/bm25.ts';

/**
 * All that the score of a pair reads of one SME. A score is a plain function of two of these and the model, so an SME whose
 * features are the same as before has the same scores as before with everybody whose features are the same too: that is what
 * makes incremental refreshes exact.
 */
export interface Features {
  readonly prepared: Prepared;
  /** Its need as a query and its offer as an answer, weighted by the statistics of the pool. */
  readonly query: Weighted;
  readonly answer: Weighted;
  /** It may take part in the call at all. */
  readonly mayTakePart: boolean;
  readonly reach: number;
  /** Which terms of the call's challenges it covers. */
  readonly cover: Int32Array;
}

/** Reads one SME against pool and call. */
export function featuresOf(
  prepared: Prepared,
  statistics: TextStatistics,
  reach: ReachTable,
  model: Model,
): Features {
  const { need, offer, profile } = prepared;
  return {
    prepared,
    query: { stems: need.stems, weights: queryWeights(need, statistics) },
    answer: { stems: offer.stems, weights: answerWeights(offer, statistics) },
    mayTakePart: ownRefusals(profile, model.call).length === 0,
    reach: reach.of(profile),
    cover: challengeCover(prepared, model.challenges, model.taxonomy),
  };
}

const equal = (one: Int32Array, other: Int32Array): boolean => {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i += 1) if (one[i] !== other[i]) return false;
  return true;
};

/** Whether two readings of one SME score the same with everybody, under the same model. */
export const sameFeatures = (one: Features, other: Features): boolean =>
  one.prepared === other.prepared &&
  one.mayTakePart === other.mayTakePart &&
  one.reach === other.reach &&
  equal(one.query.weights, other.query.weights) &&
  equal(one.answer.weights, other.answer.weights) &&
  equal(one.cover, other.cover);

/** Whether it can be told, in terms, what `asker` gets from `other`. A stand-in need counts as known. */
export const termsTell = ({ prepared: asker }: Features, { prepared: other }: Features): boolean =>
  asker.needTerms.length > 0 && other.offerTerms.length > 0;

/** The same in words. */
export const wordsTell = ({ prepared: asker }: Features, { prepared: other }: Features): boolean =>
  asker.need.length > 0 && other.offer.length > 0;
