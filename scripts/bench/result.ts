/** One line of a measurement: ours beside the peer, from the same run. */
export interface BenchRow {
  /** What was measured, with its size, such as `844 SMEs`. */
  readonly what: string;
  readonly oursSeconds: number;
  readonly peerSeconds: number;
  /** Where the peer would take too long: 'extrapolated', measured on a part, then scaled; 'capped', stopped after these seconds. */
  readonly peerIs: 'measured' | 'extrapolated' | 'capped';
  /** Ours and the peer's results agree; null where there is nothing to compare. */
  readonly sameResult: boolean | null;
  /** Further figures of this row, such as bytes or counts. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** A whole measurement. */
export interface BenchResult {
  readonly name: string;
  /** What the peer is, in words. */
  readonly peer: string;
  readonly rows: readonly BenchRow[];
  readonly notes: readonly string[];
}

/** The value that this share of the sorted values lies below, such as 0.99. Throws a RangeError on an empty list. */
export function quantile(values: readonly number[], share: number): number {
  const at = Math.min(Math.floor(values.length * share), values.length - 1);
  const value = values.toSorted((one, other) => one - other)[at];
  if (value === undefined) throw new RangeError('There is no quantile of nothing.');
  return value;
}

/** The middle of the sorted values. Throws a RangeError on an empty list. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);
