import type { Connection } from 'mongoose';

/** A rule that must hold over all that is stored, recounted from the raw documents and not by the code that keeps it. */
export interface Invariant {
  readonly name: string;
  /** What is wrong, in plain sentences. */
  faults(connection: Connection): Promise<string[]>;
}

/** Values that occur more than once. */
export function repeated(values: Iterable<string>): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const value of values) (seen.has(value) ? twice : seen).add(value);
  return [...twice].toSorted();
}
