import type { Evidence, Explanation, Factor } from '../../../matching/types.ts';

/*
 * What two who meet could talk about, in sentences to the one who reads them: drawn from what speaks for the pair, and from nothing else.
 */

export interface TalkNames {
  /** Name of the other SME. */
  readonly partner: string;
  /** A taxonomy term as people say it inside a sentence. */
  readonly spoken: (term: string) => string;
}

/** Things named in one sentence. */
const NAMED_MOST = 3;

const listing = (items: readonly string[]): string => {
  const shown = items.slice(0, NAMED_MOST);
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
};

const quoted = (words: readonly string[]): string => listing(words.map((word) => `\u2018${word}\u2019`));

/** What is behind a factor on one side, in fields whose name ends so; empty where the factor does not speak for the pair. */
function behind(
  { factors }: Explanation,
  factor: Factor,
  wanted: { readonly sme: string; readonly field: string },
): readonly string[] {
  const found = factors.find((one) => one.factor === factor && one.known && one.contribution > 0);
  const isWanted = ({ sme, field }: Evidence): boolean => sme === wanted.sme && field === wanted.field;
  return found?.evidence.find(isWanted)?.matched ?? [];
}

/** One side has what the other looks for: in terms where both named them, else in the words of the offer. */
function exchange(
  explanation: Explanation,
  { giver, taker }: { readonly giver: string; readonly taker: string },
  say: {
    readonly terms: (what: readonly string[]) => string;
    readonly words: (what: readonly string[], isNeed: boolean) => string;
  },
): string[] {
  const terms = behind(explanation, 'capability', { sme: giver, field: 'solutions.capabilities' });
  const needed = behind(explanation, 'capability', { sme: taker, field: 'needs.capabilities' });
  if (terms.length > 0 && needed.length > 0) return [say.terms(terms)];
  const words = behind(explanation, 'text', { sme: giver, field: 'solutions.offer' });
  const isNeed = behind(explanation, 'text', { sme: taker, field: 'needs.words' }).length > 0;
  return words.length > 0 ? [say.words(words, isNeed)] : [];
}

function readiness(explanation: Explanation, partner: string): string[] {
  const levelOf = (sme: string): number =>
    Number(behind(explanation, 'trl', { sme, field: 'solutions.trl' })[0] ?? NaN);
  const [yours, theirs] = [levelOf(explanation.a), levelOf(explanation.b)];
  if (Number.isNaN(yours) || Number.isNaN(theirs)) return [];
  if (yours === theirs)
    return [`You and ${partner} both stand at TRL ${yours}: what would the next level take?`];
  const [ahead, behindIt] = yours > theirs ? ['You are', partner] : [`${partner} is`, 'you'];
  const gap = Math.abs(yours - theirs);
  const levels = gap === 1 ? 'one level' : `${gap} levels`;
  return [
    `${ahead} ${levels} of readiness ahead (TRL ${Math.max(yours, theirs)}, ${behindIt} at TRL ${Math.min(yours, theirs)}): how is that closed within a project?`,
  ];
}

function challenge({ factors }: Explanation): string[] {
  const found = factors.find(
    ({ factor, known, contribution }) => factor === 'challenge' && known && contribution > 0,
  );
  return found ? [`${found.sentence} Who takes which part?`] : [];
}

/** What the reader (`explanation.a`) and the other one could talk about, what each has for the other first. */
export function talkOf(explanation: Explanation, { partner, spoken }: TalkNames): string[] {
  const [you, they] = [explanation.a, explanation.b];
  return [
    ...exchange(
      explanation,
      { giver: they, taker: you },
      {
        terms: (what) =>
          `Ask ${partner} about ${listing(what.map(spoken))}: it offers that, and you look for it.`,
        words: (what, isNeed) =>
          `Ask ${partner} about ${quoted(what)}: its offer speaks of it, and so does ${isNeed ? 'your need' : 'your own work'}.`,
      },
    ),
    ...exchange(
      explanation,
      { giver: you, taker: they },
      {
        terms: (what) =>
          `Tell ${partner} about ${listing(what.map(spoken))}: you offer that, and it looks for it.`,
        words: (what, isNeed) =>
          `Tell ${partner} about ${quoted(what)}: your offer speaks of it, and so does ${isNeed ? 'its need' : 'its own work'}.`,
      },
    ),
    ...challenge(explanation),
    ...readiness(explanation, partner),
  ];
}
