import { solutionKey, type NamedSolution, type UseCaseRecord } from './model.ts';
import type { Consent, SolutionRef } from './schema.ts';

/** What a use case knows of the companies that it names, and what follows from it for searches. */
export type NamedPart = Pick<UseCaseRecord, 'solutions' | 'shownKeys' | 'askedSmes'>;

const isShown = (consent: Consent): boolean => consent === 'member' || consent === 'given';

/** Fills in what is derived from the consents. */
export function namedPart(solutions: readonly NamedSolution[]): NamedPart {
  return {
    solutions: [...solutions],
    shownKeys: solutions.filter(({ consent }) => isShown(consent)).map(solutionKey),
    askedSmes: [...new Set(solutions.filter(({ consent }) => consent === 'asked').map(({ smeId }) => smeId))],
  };
}

/**
 * Consents of the solutions that a use case is to name: an earlier answer stays; a company that the telling cluster registered need not
 * be asked; everybody else is.
 */
export function consentsFor(
  wanted: readonly SolutionRef[],
  before: readonly NamedSolution[],
  isMember: (smeId: string) => boolean,
): NamedSolution[] {
  const known = new Map(before.map((named) => [solutionKey(named), named.consent]));
  const unique = new Map(wanted.map((ref) => [solutionKey(ref), ref]));
  return Array.from(unique, ([key, { smeId, solutionId }]) => ({
    smeId,
    solutionId,
    consent: known.get(key) ?? (isMember(smeId) ? 'member' : 'asked'),
  }));
}

/** The solutions that may be shown. */
export const shownOf = (solutions: readonly NamedSolution[]): NamedSolution[] =>
  solutions.filter(({ consent }) => isShown(consent));
