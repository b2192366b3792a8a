import {
  CAPABILITY_NEUTRAL,
  capabilityValue,
  covered,
  inTerms,
  overlap,
  toldInTerms,
} from './factors/capability.ts';
import { challengeValue } from './factors/challenge.ts';
import { domainBase, domainValue, freshness } from './factors/domain.ts';
import { practicalValue } from './factors/practical.ts';
import { reachValue } from './factors/reach.ts';
import { TEXT_NEUTRAL, answered, answeredStandIn, textValue } from './factors/text.ts';
import { trlValue } from './factors/trl.ts';
import { termsTell, wordsTell, type Features } from './features.ts';
import { scaled } from './fixed.ts';
import { sharesFor, type Model, type Shares } from './model.ts';
import { matchSum } from './text/weighing.ts';
import { FACTORS, SCALE, type Factor, type ScoreTerms } from './types.ts';

/*
 * The score of a pair, written plainly: one pair at a time, nothing reused. The index computes the same numbers row by row
 * (row.ts); this is what explains them, and what tests compare them with.
 */

/** Values of the seven factors for one pair, each in [0, SCALE], and whether anything was declared on each. */
export interface PairValues {
  readonly values: Readonly<Record<Factor, number>>;
  readonly known: Readonly<Record<Factor, boolean>>;
  /** How much of each other's offer is new, in [0, SCALE]. */
  readonly fresh: number;
}

/** What `asker` gets from `other` in terms; the neutral value where that cannot be told. */
function termsFor(asker: Features, other: Features, { taxonomy }: Model): number {
  if (!termsTell(asker, other)) return CAPABILITY_NEUTRAL;
  return covered(overlap(asker.prepared.needTerms, other.prepared.offerTerms, taxonomy));
}

/** How many terms meet where `asker` asks; 0 where that cannot be told. */
const termsMet = (asker: Features, other: Features): number =>
  termsTell(asker, other) ? asker.prepared.needTerms.length + other.prepared.offerTerms.length : 0;

/** What two are worth to each other in terms alone, and how much they have told in them (0: nothing). */
export const termsBetween = (a: Features, b: Features, model: Model) => ({
  value: inTerms(termsFor(a, b, model), termsFor(b, a, model)),
  told: toldInTerms(termsMet(a, b), termsMet(b, a)),
});

/** Both directions in terms, with the words for what is not known of them. */
function capability(a: Features, b: Features, words: number, model: Model): number {
  const { value, told } = termsBetween(a, b, model);
  return told === 0 ? CAPABILITY_NEUTRAL : capabilityValue(value, told, words);
}

/** How two offers stand to each other. */
interface Likeness {
  /** How much of each is new to the other side, in [0, SCALE]. */
  readonly fresh: number;
  /** Sum over the words that both have. */
  readonly shared: number;
}

/** What `asker` gets from `other` in words; the neutral value where that cannot be told. */
function textFor(asker: Features, other: Features, { fresh, shared }: Likeness): number {
  if (!wordsTell(asker, other)) return TEXT_NEUTRAL;
  // Where an offer stands in for the need, its words were read against the other offer already.
  const sum = asker.query === asker.answer ? shared : matchSum(asker.query, other.answer);
  const lengths = asker.query.length * other.answer.length;
  return asker.prepared.standsIn ? answeredStandIn(sum, lengths, fresh) : answered(sum, lengths);
}

/** Values of all factors; the same whichever way round. Does not look at the hard rules. */
export function pairValues(a: Features, b: Features, model: Model): PairValues {
  const shared = matchSum(a.answer, b.answer);
  const fresh = freshness(a, b, shared);
  const base = domainBase(a.prepared, b.prepared);
  const trl = trlValue(a.prepared, b.prepared, model.call);
  const challenge = challengeValue(a.cover, b.cover, model.challenges);
  const practical = practicalValue(a.prepared, b.prepared);
  const text = textValue(textFor(a, b, { fresh, shared }), textFor(b, a, { fresh, shared }));
  return {
    fresh,
    values: {
      capability: capability(a, b, text, model),
      text,
      trl: trl.value,
      domain: domainValue(base.value, fresh),
      challenge: challenge.value,
      reach: reachValue(a, b, model.call),
      practical: practical.value,
    },
    known: {
      capability: termsTell(a, b) || termsTell(b, a),
      text: wordsTell(a, b) || wordsTell(b, a),
      trl: trl.known,
      domain: base.known || fresh < SCALE,
      challenge: challenge.known,
      reach: true,
      practical: practical.known,
    },
  };
}

/** A score with its terms; `score` is their sum by construction. */
export interface Scored {
  readonly score: number;
  readonly terms: ScoreTerms;
  readonly shares: Shares;
  readonly pair: PairValues;
}

/** Scores a pair that breaks no hard rule. Integer in [0, SCALE], symmetric to the bit. */
export const scorePair = (a: Features, b: Features, model: Model): Scored =>
  weighed(pairValues(a, b, model), model);

/** The score of a pair from its values, which do not depend on the weights. */
export function weighed(pair: PairValues, model: Model): Scored {
  const shares = sharesFor(model, pair.known.capability, pair.known.text);
  const terms: Record<Factor, number> = { ...pair.values };
  let score = 0;
  FACTORS.forEach((factor, i) => {
    terms[factor] = scaled(pair.values[factor], shares[i]);
    score += terms[factor];
  });
  return { score, terms, shares, pair };
}
