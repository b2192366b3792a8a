const WHOLE = new Intl.NumberFormat('en');

/** A whole number as it is read: '2,000'. */
export const whole = (count: number): string => WHOLE.format(count);

/** A count with its noun: '1 company', '2,000 companies'. */
export const plural = (count: number, one: string, many: string): string =>
  `${whole(count)} ${count === 1 ? one : many}`;
