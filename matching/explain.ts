import { accountOfChallenge, accountOfReach, accountOfTrl } from './explain/call.ts';
import { accountOfCapability } from './explain/capability.ts';
import { accountOfDomain } from './explain/domain.ts';
import { sentences } from './explain/phrases.ts';
import { accountOfPractical } from './explain/practical.ts';
import { accountOfText } from './explain/text.ts';
import type { Account, View } from './explain/view.ts';
import type { Features } from './features.ts';
import type { Model } from './model.ts';
import { refusals } from './rules.ts';
import { pairValues, weighed, type PairValues, type Scored } from './score.ts';
import type { Vocabulary } from './text/vocabulary.ts';
import {
  FACTORS,
  type Brief,
  type Evidence,
  type Explanation,
  type Factor,
  type FactorShare,
} from './types.ts';

type Accounts = Readonly<Record<Factor, Account>>;

const accountsOf = (view: View): Accounts => ({
  capability: accountOfCapability(view),
  text: accountOfText(view),
  trl: accountOfTrl(view),
  domain: accountOfDomain(view),
  challenge: accountOfChallenge(view),
  reach: accountOfReach(view),
  practical: accountOfPractical(view),
});

/** One entry per field of an SME; where neither posted a need the same field answers both questions. */
function merged(evidence: readonly Evidence[]): Evidence[] {
  const byField = new Map<string, Evidence>();
  for (const { sme, field, matched } of evidence) {
    const key = JSON.stringify([sme, field]);
    const before = byField.get(key)?.matched ?? [];
    byField.set(key, { sme, field, matched: [...new Set([...before, ...matched])] });
  }
  return [...byField.values()];
}

const sharesOf = ({ pair, shares, terms }: Scored): FactorShare[] =>
  FACTORS.map((factor, i) => ({
    factor,
    value: pair.values[factor],
    weight: shares[i],
    contribution: terms[factor],
    known: pair.known[factor],
  }));

/** The two known factors that contribute most; of equals the earlier. Written out, as it runs for every pair that is shown. */
function strongest(factors: readonly FactorShare[]): readonly Factor[] {
  let first: FactorShare | undefined;
  let second: FactorShare | undefined;
  for (const share of factors) {
    if (!share.known || share.factor === 'reach') continue;
    if (!first || share.contribution > first.contribution) [first, second] = [share, first];
    else if (!second || share.contribution > second.contribution) second = share;
  }
  return [first, second].flatMap((share) => share?.factor ?? []);
}

/** What is said of the strongest factors. */
const summaryOf = (spoken: readonly Factor[], sentenceOf: (factor: Factor) => string | undefined): string =>
  spoken.length === 0
    ? 'Little is declared yet on either side, so little can be said about this pair.'
    : sentences(...spoken.map(sentenceOf));

const bringsOf = (accounts: Accounts, side: 'youBring' | 'theyBring'): string[] =>
  FACTORS.flatMap((factor) => accounts[factor][side] ?? []);

/** What an explanation is read from, besides the two. */
export interface Background {
  readonly model: Model;
  readonly vocabulary: Vocabulary;
}

/** What lists show of a pair in words, to one of the two. */
export interface PairWords {
  readonly youBring: readonly string[];
  readonly theyBring: readonly string[];
  /** What is said of some of the factors. */
  readonly sentences: Readonly<Partial<Record<Factor, string>>>;
}

/** Reads two texts against each other, which is most of the work, and says what there is to say of these factors. */
export function wordsOf(view: View, factors: readonly Factor[]): PairWords {
  const accounts = accountsOf(view);
  return {
    youBring: bringsOf(accounts, 'youBring'),
    theyBring: bringsOf(accounts, 'theyBring'),
    sentences: Object.fromEntries(factors.map((factor) => [factor, accounts[factor].sentence()])),
  };
}

/**
 * Explains a pair to the first of the two ('you'), factor by factor. Only what the engine was given is spoken of, and it is
 * given non-confidential parts alone. Words are shown as they were written. A refused pair is explained too: its factors show
 * what it would have had, its score is 0.
 */
export function explainPair(you: Features, they: Features, background: Background): Explanation {
  const refused = refusals(you.prepared.profile, they.prepared.profile, background.model.call);
  const pair = pairValues(you, they, background.model);
  const accounts = accountsOf({ ...background, you, they, pair });
  const scored = weighed(pair, background.model);
  const factors = sharesOf(scored);
  const isEligible = refused.length === 0;
  return {
    a: you.prepared.profile.id,
    b: they.prepared.profile.id,
    eligible: isEligible,
    refusals: refused,
    score: isEligible ? scored.score : 0,
    factors: factors.map((share) => ({
      ...share,
      sentence: sentences(accounts[share.factor].sentence(), accounts[share.factor].more?.()),
      evidence: merged(accounts[share.factor].evidence()),
    })),
    summary: isEligible
      ? summaryOf(strongest(factors), (factor) => accounts[factor].sentence())
      : sentences(...refused.map(({ sentence }) => sentence)),
    aBrings: bringsOf(accounts, 'youBring'),
    bBrings: bringsOf(accounts, 'theyBring'),
  };
}

/**
 * The part of `explainPair` that a list shows of a pair that may be proposed, without putting the rest into words.
 *
 * @param wordsFor the words of the pair, with the sentences of these factors
 */
export function briefPair(
  { you, they, values }: { readonly you: Features; readonly they: Features; readonly values: PairValues },
  model: Model,
  wordsFor: (factors: readonly Factor[]) => PairWords,
): Brief {
  const scored = weighed(values, model);
  const factors = sharesOf(scored);
  const spoken = strongest(factors);
  const words = wordsFor(spoken);
  return {
    a: you.prepared.profile.id,
    b: they.prepared.profile.id,
    score: scored.score,
    factors,
    summary: summaryOf(spoken, (factor) => words.sentences[factor]),
    aBrings: words.youBring,
    bBrings: words.theyBring,
  };
}
