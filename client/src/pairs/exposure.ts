const coefficients = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const ratios = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A Gini coefficient, such as 0.31. */
export const giniOf = (gini: number): string => coefficients.format(gini);

/** How often a group is suggested against its share of all companies, such as 0.7; null where there is nothing to compare. */
export function ratioOf({ poolShare, listShare }: { poolShare: number; listShare: number }): string | null {
  return poolShare === 0 ? null : ratios.format(listShare / poolShare);
}
