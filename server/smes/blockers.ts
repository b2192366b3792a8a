import type { SizeClass } from '../../matching/types.ts';

/** What stands between an SME and a consortium is read from this much of it. */
export interface BlockerFacts {
  readonly sizeClass: SizeClass;
  readonly available: boolean;
  readonly country: string;
  readonly solutions: readonly { readonly trl: number | null }[];
}

/** The rules of the call in force that a consortium must meet. */
export interface BlockerRules {
  readonly countries: readonly string[];
  readonly trlEntryMin: number;
  readonly countryName: (code: string) => string;
}

/**
 * What still stands between an SME and a consortium, one plain sentence each; empty where it is ready. What is not yet declared never
 * blocks a suggestion, but it does block a consortium.
 */
export function consortiumBlockers(sme: BlockerFacts, rules: BlockerRules): string[] {
  return [...sizeBlockers(sme), ...callBlockers(sme, rules), ...solutionBlockers(sme, rules)];
}

function sizeBlockers({ sizeClass }: BlockerFacts): string[] {
  if (sizeClass === 'not-yet-declared') {
    return [
      'The size is not yet declared: give the headcount, and the turnover or the balance sheet, in the declaration.',
    ];
  }
  if (sizeClass === 'not-an-sme') {
    return ['By its declaration this company is not an SME (Recommendation 2003/361/EC).'];
  }
  return [];
}

function callBlockers({ available, country }: BlockerFacts, rules: BlockerRules): string[] {
  const blockers: string[] = [];
  if (!rules.countries.includes(country)) {
    blockers.push(`${rules.countryName(country)} is not among the countries of the open call.`);
  }
  if (!available) blockers.push('The company is marked as not available.');
  return blockers;
}

function solutionBlockers({ solutions }: BlockerFacts, rules: BlockerRules): string[] {
  if (solutions.length === 0)
    return ['No solution is described yet: a consortium needs what each side brings.'];
  const declared = solutions.flatMap(({ trl }) => (trl === null ? [] : [trl]));
  if (declared.length === 0) {
    return ['The readiness level (TRL) is not yet declared for any solution.'];
  }
  if (Math.max(...declared) >= rules.trlEntryMin) return [];
  return [`No solution has reached TRL ${rules.trlEntryMin}, from which the open call starts.`];
}
