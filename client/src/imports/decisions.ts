import type { ImportCommit, ImportView } from '../../../server/imports/schema.ts';

export type Decision = ImportCommit['duplicates'];
export const DECISIONS: readonly Decision[] = ['merge', 'skip', 'new'];

/** What is to be done with the duplicates: one answer for all, and those lines that differ from it. */
export interface Decisions {
  readonly forAll: Decision;
  readonly byLine: ReadonlyMap<number, Decision>;
}

/** Nothing is merged or doubled unless somebody says so. */
export const noDecisions: Decisions = { forAll: 'skip', byLine: new Map() };

/** The same for all duplicates, those on further pages included. */
export function decideAll(decision: Decision): Decisions {
  return { forAll: decision, byLine: new Map() };
}

/** Another answer for one line. */
export function decideLine(decisions: Decisions, line: number, decision: Decision): Decisions {
  const byLine = new Map(decisions.byLine);
  if (decision === decisions.forAll) byLine.delete(line);
  else byLine.set(line, decision);
  return { ...decisions, byLine };
}

export function decisionFor(decisions: Decisions, line: number): Decision {
  return decisions.byLine.get(line) ?? decisions.forAll;
}

/** How many rows would be created, merged and skipped. */
export function outcomeOf(rows: ImportView['rows'], decisions: Decisions): Record<Decision, number> {
  const counts: Record<Decision, number> = { merge: 0, skip: 0, new: rows.accepted };
  counts[decisions.forAll] += rows.duplicates - decisions.byLine.size;
  for (const decision of decisions.byLine.values()) counts[decision] += 1;
  return counts;
}

/** The body of the commit. */
export function commitOf(decisions: Decisions): ImportCommit {
  return {
    duplicates: decisions.forAll,
    decisions: [...decisions.byLine].map(([line, decision]) => ({ line, decision })),
  };
}
