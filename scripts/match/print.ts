import {
  FACTORS,
  SCALE,
  type Explanation,
  type ScoreTerms,
  type SuggestionList,
} from '../../matching/types.ts';
import type { PairingResult } from '../../matching/index.ts';

/** An integer of the engine as a decimal; the shortest form of a multiple of 1/1,000,000 has at most 6 places. */
const decimal = (value: number): number => value / SCALE;

const decimals = (terms: ScoreTerms): Record<string, number> =>
  Object.fromEntries(FACTORS.map((factor) => [factor, decimal(terms[factor])]));

/** One list as one JSON line. */
export const listLine = ({ sme, suggestions }: SuggestionList): string =>
  JSON.stringify({
    sme,
    suggestions: suggestions.map(({ partner, score, terms }) => ({
      partner,
      score: decimal(score),
      terms: decimals(terms),
    })),
  });

/** A set of consortia as JSON lines, the last of which sums up. */
export const pairLines = (result: PairingResult): string[] => [
  ...result.pairs.map(({ a, b, score }) => JSON.stringify({ a, b, score: decimal(score) })),
  JSON.stringify({
    pairs: result.pairs.length,
    alone: result.alone.length,
    total: decimal(result.total),
    bound: decimal(result.bound),
    gap: decimal(result.gap),
    status: result.status,
  }),
];

const BAR = 20;
const bar = (value: number): string => {
  const filled = Math.round((value * BAR) / SCALE);
  return '█'.repeat(filled) + '·'.repeat(BAR - filled);
};

const fixed = (value: number): string => decimal(value).toFixed(6);

/** An explanation for people, as lines of text. */
export function explanationLines(explanation: Explanation, names: ReadonlyMap<string, string>): string[] {
  const { a, b, eligible, refusals, score, factors } = explanation;
  const named = (id: string): string => `${names.get(id) ?? ''} (${id})`;
  const verdict = eligible
    ? 'They may be paired.'
    : `They may not be paired: ${refusals.map(({ code, sentence }) => `${sentence} [${code}]`).join(' ')}`;
  return [
    `${named(a)}  and  ${named(b)}`,
    verdict,
    `Score ${fixed(score)}. In the sentences 'you' is the first of the two.`,
    explanation.summary,
    '',
    ...factors.flatMap((one) => [
      `${one.factor.padEnd(10)} ${bar(one.value)}  ${fixed(one.value)} x ${fixed(one.weight)} = ${fixed(one.contribution)}${one.known ? '' : '  (not declared: neutral)'}`,
      `           ${one.sentence}`,
      ...one.evidence.map(({ sme, field, matched }) => `           ${sme} ${field}: ${matched.join(', ')}`),
    ]),
    '',
    ...bringLines(named(a), explanation.aBrings),
    ...bringLines(named(b), explanation.bBrings),
  ];
}

const bringLines = (name: string, brings: readonly string[]): string[] =>
  brings.length === 0 ? [] : [`${name} brings: ${brings.join('; ')}`];
