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
import { refusals } from './rules.ts';
import { scorePair, type Scored } from './score.ts';
import type { Vocabulary } from './text/vocabulary.ts';
import {
  FACTORS,
  type Evidence,
  type Explanation,
  type Factor,
  type FactorExplanation,
  type Refusal,
} from './types.ts';

const accountsOf = (view: View): Record<Factor, Account> => ({
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

const factorsOf = (scored: Scored, accounts: Readonly<Record<Factor, Account>>): FactorExplanation[] =>
  FACTORS.map((factor, i) => ({
    factor,
    value: scored.pair.values[factor],
    weight: scored.shares[i],
    contribution: scored.terms[factor],
    known: scored.pair.known[factor],
    sentence: accounts[factor].sentence,
    evidence: merged(accounts[factor].evidence),
  }));

/** The two known factors that contribute most, in words; the reasons where the pair is refused. */
const summaryOf = (factors: readonly FactorExplanation[], refused: readonly Refusal[]): string => {
  if (refused.length > 0) return sentences(...refused.map(({ sentence }) => sentence));
  const strongest = factors
    .filter(({ known, factor }) => known && factor !== 'reach')
    .toSorted((x, y) => y.contribution - x.contribution)
    .slice(0, 2);
  if (strongest.length === 0)
    return 'Little is declared yet on either side, so little can be said about this pair.';
  return sentences(...strongest.map(({ sentence }) => sentence));
};

/**
 * Explains a pair to the first of the two ('you'), factor by factor. Only what the engine was given is spoken of, and it is
 * given non-confidential parts alone. Words are shown as they were written. A refused pair is explained too: its factors show
 * what it would have had, its score is 0.
 */
export function explainPair(
  you: Features,
  they: Features,
  model: Model,
  vocabulary: Vocabulary,
): Explanation {
  const refused = refusals(you.prepared.profile, they.prepared.profile, model.call);
  const scored = scorePair(you, they, model);
  const view: View = {
    you,
    they,
    model,
    vocabulary,
    pair: scored.pair,
    fresh: freshness(you, they),
  };
  const accounts = accountsOf(view);
  const factors = factorsOf(scored, accounts);
  const brings = (side: 'youBring' | 'theyBring'): string[] =>
    FACTORS.flatMap((factor) => accounts[factor][side] ?? []);
  return {
    a: you.prepared.profile.id,
    b: they.prepared.profile.id,
    eligible: refused.length === 0,
    refusals: refused,
    score: refused.length === 0 ? scored.score : 0,
    factors,
    summary: summaryOf(factors, refused),
    aBrings: brings('youBring'),
    bBrings: brings('theyBring'),
  };
}
