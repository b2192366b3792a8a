import type { SizeClass } from '../../matching/types.ts';
import type { Declaration } from './schema.ts';

/*
 * Size of an enterprise by Commission Recommendation 2003/361/EC, Annex:
 * Article 2 (ceilings), Article 3 (partner and linked enterprises), Article 6 (their figures are added in).
 * A declaration is the company's own dated statement; nobody else's figures are guessed.
 */

interface Ceiling {
  readonly size: Exclude<SizeClass, 'not-an-sme' | 'not-yet-declared'>;
  /** Annual work units stay below this. */
  readonly headcountBelow: number;
  readonly turnoverEur: number;
  readonly balanceSheetEur: number;
}

/** Article 2, smallest first. */
const CEILINGS: readonly Ceiling[] = [
  { size: 'micro', headcountBelow: 10, turnoverEur: 2e6, balanceSheetEur: 2e6 },
  { size: 'small', headcountBelow: 50, turnoverEur: 10e6, balanceSheetEur: 10e6 },
  { size: 'medium', headcountBelow: 250, turnoverEur: 50e6, balanceSheetEur: 43e6 },
];

/** Figures with those of partner and linked enterprises added in; null where one of them is not declared. */
export interface TotalFigures {
  readonly headcount: number;
  readonly turnoverEur: number | null;
  readonly balanceSheetEur: number | null;
}

/** Per cent of another enterprise's figures that count: none below 25 %, the share from 25 to 50 %, the whole above (Articles 3 and 6). */
export function countedPercent(sharePercent: number): number {
  if (sharePercent < 25) return 0;
  return sharePercent <= 50 ? sharePercent : 100;
}

/** The company's own figures plus the counted part of each partner and linked enterprise. */
export function totalFigures(declaration: Declaration): TotalFigures {
  const counted = declaration.links
    .map((link) => ({ ...link, percent: countedPercent(link.share) }))
    .filter(({ percent }) => percent > 0);
  return {
    headcount: counted.reduce(
      (total, { headcount, percent }) => total + (headcount * percent) / 100,
      declaration.headcount,
    ),
    turnoverEur: counted.reduce(
      (total, { turnoverEur, percent }) => plus(total, turnoverEur, percent),
      declaration.turnoverEur,
    ),
    balanceSheetEur: counted.reduce(
      (total, { balanceSheetEur, percent }) => plus(total, balanceSheetEur, percent),
      declaration.balanceSheetEur,
    ),
  };
}

/** One figure that is not declared leaves the sum undeclared. */
const plus = (total: number | null, figure: number | null, percent: number): number | null =>
  total === null || figure === null ? null : total + (figure * percent) / 100;

/** Whether a class holds: 'yes', 'no', or 'unknown' where a figure that would decide it is not declared. */
function holds(ceiling: Ceiling, total: TotalFigures): 'yes' | 'no' | 'unknown' {
  if (total.headcount >= ceiling.headcountBelow) return 'no';
  const turnover = within(total.turnoverEur, ceiling.turnoverEur);
  const balanceSheet = within(total.balanceSheetEur, ceiling.balanceSheetEur);
  // One of the two money ceilings may be exceeded, so one that holds is enough.
  if (turnover === true || balanceSheet === true) return 'yes';
  return turnover === null || balanceSheet === null ? 'unknown' : 'no';
}

const within = (figure: number | null, ceiling: number): boolean | null =>
  figure === null ? null : figure <= ceiling;

/**
 * The size class that a declaration leads to: the smallest that holds. 'not-yet-declared' where there is no declaration, or where a
 * missing money figure (the company's own or a partner's) would decide it.
 */
export function sizeClassOf(declaration: Declaration | null): SizeClass {
  if (declaration === null) return 'not-yet-declared';
  const total = totalFigures(declaration);
  for (const ceiling of CEILINGS) {
    const answer = holds(ceiling, total);
    if (answer === 'yes') return ceiling.size;
    if (answer === 'unknown') return 'not-yet-declared';
  }
  return 'not-an-sme';
}
