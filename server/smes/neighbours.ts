import type { Weights } from '../../matching/types.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { MemberView } from './schema.ts';

/** What the SME service asks of, and tells to, other features; the assembly ties them together. */
export interface SmeNeighbours {
  readonly matcher: Pick<Matcher, 'profilesChanged'>;
  /** Weights in force: they decide which empty field is worth most. */
  weights(): Promise<Weights>;
  /** Length of the suggestion list of each SME; an SME without one may be left out. */
  suggestionCounts(smeIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Whether somebody signs in for each SME; an SME without account or invitation may be left out. */
  accountStates(smeIds: readonly string[]): Promise<ReadonlyMap<string, MemberView['account']>>;
  /** An SME was added or changed: the windows that show it or its cluster's members should hear of it. */
  changed(sme: { id: string; clusterId: string | null; version: number }): Promise<void>;
  /** An SME is to go: every feature lets go of it, this one included (`remove`). */
  withdraw(by: Viewer, sme: { id: string; clusterId: string | null }): Promise<void>;
  /** Whether the SME lets a partner that it agreed with see its contact. */
  disclosesContact(smeId: string): Promise<boolean>;
  /** An import changed many members at once. */
  membersChanged(clusterIds: readonly string[]): Promise<void>;
}
