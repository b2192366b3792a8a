import {
  FACTORS,
  SCALE,
  type Evidence,
  type Explanation,
  type FactorExplanation,
  type ScoreTerms,
  type SuggestionList,
} from '../../matching/types.ts';
import type { NeedAnswers, PairingResult } from '../../matching/index.ts';

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

/** Who answers a need as JSON lines: companies, then pairs; the last line says how much of each part there is. */
export const needLines = ({ smes, pairs, supply, answering, looked }: NeedAnswers): string[] => [
  ...smes.map(({ sme, score, covered, sentence }) =>
    JSON.stringify({ sme, score: decimal(score), covered, sentence }),
  ),
  ...pairs.map(({ a, b, score, covered, onlyTogether, sentence }) =>
    JSON.stringify({ a, b, score: decimal(score), covered, onlyTogether, sentence }),
  ),
  JSON.stringify({ smes: answering, looked, pairs: pairs.length, supply }),
];

const BAR = 20;
const bar = (value: number): string => {
  const filled = Math.round((value * BAR) / SCALE);
  return '█'.repeat(filled) + '·'.repeat(BAR - filled);
};

const fixed = (value: number): string => decimal(value).toFixed(6);

/** Fields of a profile, as people call them. */
const FIELDS: Readonly<Record<string, string>> = {
  'solutions.capabilities': 'offers, in terms',
  'solutions.technologies': 'offers, in terms',
  'solutions.offer': 'offers, in words',
  'solutions.fields': 'fields of application',
  'solutions.sectors': 'sectors',
  'solutions.trl': 'TRL of what it offers',
  solutions: 'offers, in terms',
  'needs.capabilities': 'needs, in terms',
  'needs.technologies': 'needs, in terms',
  'needs.words': 'needs, in words',
  'needs.trl': 'TRL that it wants',
  marketRole: 'role',
  sizeClass: 'size',
};

/** What an explanation is printed with. */
export interface Wording {
  /** Names of companies by their ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly taxonomy: {
    /** English label of a term; what is no term comes back as it is. */
    labelOf(term: string): string;
    countryName(code: string): string;
  };
}

const INDENT = ' '.repeat(11);

function evidenceLine({ sme, field, matched }: Evidence, { names, taxonomy }: Wording): string {
  const isWritten = field.endsWith('.offer') || field.endsWith('.words');
  const shown = matched.map((item) => {
    if (field === 'country') return taxonomy.countryName(item);
    return isWritten ? `'${item}'` : taxonomy.labelOf(item);
  });
  return `${INDENT}- ${names.get(sme) ?? sme}, ${FIELDS[field] ?? field}: ${shown.join(', ')}`;
}

function factorLines(one: FactorExplanation, wording: Wording): string[] {
  const sum = `${fixed(one.value)} x ${fixed(one.weight)} = ${fixed(one.contribution)}`;
  return [
    `${one.factor.padEnd(10)} ${bar(one.value)}  ${sum}${one.known ? '' : '  (not yet declared: neutral)'}`,
    `${INDENT}${one.sentence}`,
    ...one.evidence.map((evidence) => evidenceLine(evidence, wording)),
  ];
}

/** An explanation for people, as lines of text: the verdict with the code of each refusal, then each term with the fields and words behind it. */
export function explanationLines(explanation: Explanation, wording: Wording): string[] {
  const { a, b, eligible, refusals, factors, summary } = explanation;
  const named = (id: string): string => `${wording.names.get(id) ?? ''} (${id})`;
  const sum = factors.reduce((total, { contribution }) => total + contribution, 0);
  const heading = `${named(a)}  and  ${named(b)}`;
  const verdict = eligible
    ? ['They may be paired.', summary]
    : [
        'They may not be paired:',
        ...refusals.map(({ code, sentence }) => `  ${code}: ${sentence}`),
        `The score is 0. Without ${refusals.length === 1 ? 'this rule' : 'these rules'} it would be ${fixed(sum)}:`,
      ];
  if (a === b) return [heading, ...verdict.slice(0, -1)];
  return [
    heading,
    ...verdict,
    `In the sentences 'you' is ${wording.names.get(a) ?? a}.`,
    '',
    `factor${' '.repeat(BAR + 7)}value      weight     term`,
    ...factors.flatMap((one) => factorLines(one, wording)),
    `${'score'.padEnd(BAR + 37)}${fixed(sum)}`,
    '',
    ...bringLines(named(a), explanation.aBrings),
    ...bringLines(named(b), explanation.bBrings),
  ];
}

const bringLines = (name: string, brings: readonly string[]): string[] =>
  brings.length === 0 ? [] : [`${name} brings: ${brings.join('; ')}`];
