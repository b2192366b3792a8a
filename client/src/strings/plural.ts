const WHOLE = new Intl.NumberFormat('en');

/** A count with its noun: '1 company', '2,000 companies'. */
export const plural = (count: number, one: string, many: string): string =>
  `${WHOLE.format(count)} ${count === 1 ? one : many}`;
