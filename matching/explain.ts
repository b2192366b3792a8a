import { accountOfChallenge, accountOfReach, accountOfTrl } from './explain/call.ts';
import { accountOfCapability } from './explain/capability.ts';
import { accountOfDomain } from './explain/domain.ts';
import { sentences } from './explain/phrases.ts';
import { accountOfPractical } from './explain/practical.ts';
import { accountOfText } from './explain/text.ts';
import type { Account, View } from './explain/view.ts';
import { freshness } from './factors/domain.ts';
import type { Features } from './features.ts';
import type { Model } from './model.ts';
import { mayPair, refusals } from './rules.ts';
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

/** The two known factors that contribute most, in words. */
function summaryOf(factors: readonly FactorShare[], accounts: Accounts): string {
  const strongest = factors
    .filter(({ known, factor }) => known && factor !== 'reach')
    .sort((x, y) => y.contribution - x.contribution)
    .slice(0, 2);
  if (strongest.length === 0)
    return 'Little is declared yet on either side, so little can be said about this pair.';
  return sentences(...strongest.map(({ factor }) => accounts[factor].sentence()));
}

const bringsOf = (accounts: Accounts, side: 'youBring' | 'theyBring'): string[] =>
  FACTORS.flatMap((factor) => accounts[factor][side] ?? []);

/** What an explanation is read from, besides the two. */
export interface Background {
  readonly model: Model;
  readonly vocabulary: Vocabulary;
}

/** What holds of a pair under all weights: its values, and what is said of them. */
export interface PairWords {
  readonly pair: PairValues;
  readonly accounts: Accounts;
}

/** Reads two texts against each other, which is most of the work. */
export function wordsOf(you: Features, they: Features, { model, vocabulary }: Background): PairWords {
  const pair = pairValues(you, they, model);
  const fresh = freshness(you, they);
  return { pair, accounts: accountsOf({ you, they, model, vocabulary, pair, fresh }) };
}

function look({ pair, accounts }: PairWords, { model }: Background) {
  const scored = weighed(pair, model);
  return { scored, accounts, factors: sharesOf(scored) };
}

/**
 * Explains a pair to the first of the two ('you'), factor by factor. Only what the engine was given is spoken of, and it is
 * given non-confidential parts alone. Words are shown as they were written. A refused pair is explained too: its factors show
 * what it would have had, its score is 0.
 */
export function explainPair(you: Features, they: Features, background: Background): Explanation {
  const refused = refusals(you.prepared.profile, they.prepared.profile, background.model.call);
  const { scored, accounts, factors } = look(wordsOf(you, they, background), background);
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
      ? summaryOf(factors, accounts)
      : sentences(...refused.map(({ sentence }) => sentence)),
    aBrings: bringsOf(accounts, 'youBring'),
    bBrings: bringsOf(accounts, 'theyBring'),
  };
}

/**
 * The part of `explainPair` that a list shows, without putting the rest into words; null where the pair is refused. `words` are those of the
 * pair, by whatever weights they were read.
 */
export function briefPair(
  you: Features,
  they: Features,
  background: Background,
  words: () => PairWords = () => wordsOf(you, they, background),
): Brief | null {
  if (!mayPair(you, they, background.model.call)) return null;
  const { scored, accounts, factors } = look(words(), background);
  return {
    a: you.prepared.profile.id,
    b: they.prepared.profile.id,
    score: scored.score,
    factors,
    summary: summaryOf(factors, accounts),
    aBrings: bringsOf(accounts, 'youBring'),
    bBrings: bringsOf(accounts, 'theyBring'),
  };
}
