import type { WeightsPreview, WeightsVersion, WeightValues } from '../../../server/weights/schema.ts';

export type Factor = keyof WeightValues;
/** The seven factors in the order in which they are shown everywhere. */
export const FACTORS: readonly Factor[] = [
  'capability',
  'text',
  'trl',
  'domain',
  'challenge',
  'reach',
  'practical',
];

/** Share of each factor in the score, 0 to 1; all zero where all weights are. */
export function sharesOf(values: WeightValues): Readonly<Record<Factor, number>> {
  const sum = FACTORS.reduce((total, factor) => total + values[factor], 0);
  const shares = { ...values };
  for (const factor of FACTORS) shares[factor] = sum === 0 ? 0 : values[factor] / sum;
  return shares;
}

/** True where both set every factor alike. */
export function sameValues(one: WeightValues, other: WeightValues): boolean {
  return FACTORS.every((factor) => one[factor] === other[factor]);
}

/** True where no factor counts at all: the server refuses that. */
export function allZero(values: WeightValues): boolean {
  return FACTORS.every((factor) => values[factor] === 0);
}

/** What somebody typed as a weight: a whole number from 0 to 100, or null where it is none. */
export function weightOf(text: string): number | null {
  if (!/^\d{1,3}$/.test(text.trim())) return null;
  const value = Number(text);
  return value <= 100 ? value : null;
}

export interface ValueChange {
  readonly factor: Factor;
  readonly before: number;
  readonly after: number;
}

/** What one version changed against the one before it; null before: the first of all. */
export function changesOf({
  values,
  before,
}: Pick<WeightsVersion, 'values' | 'before'>): readonly ValueChange[] {
  if (before === null) return [];
  return FACTORS.filter((factor) => before[factor] !== values[factor]).map((factor) => ({
    factor,
    before: before[factor],
    after: values[factor],
  }));
}

/** Lists that stay as they are. */
export function untouchedOf(preview: WeightsPreview): number {
  return preview.listsTotal - preview.listsChanged - preview.listsReordered;
}
