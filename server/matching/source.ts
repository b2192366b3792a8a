import type { Call, Profile, SmeId, TaxonomyEntry, Weights } from '../../matching/types.ts';

/** A profile as it was read, and a stamp that differs whenever the profile or its answers were written anew. */
export interface LoadedProfile {
  readonly profile: Profile;
  readonly stamp: string;
}

/** Where the matcher reads what it needs: the database, or a list in a test. */
export interface ProfileSource {
  taxonomy(): Promise<readonly TaxonomyEntry[]>;
  call(): Promise<Call>;
  weights(): Promise<{ readonly version: number; readonly values: Weights }>;
  /** All profiles, in batches that are small enough to be handled in one turn of the event loop. */
  all(): AsyncIterable<readonly LoadedProfile[]>;
  /** These profiles as they are now; those that no longer exist are left out. */
  some(ids: readonly SmeId[]): Promise<readonly LoadedProfile[]>;
  /** Stamps of the profiles that were written (or whose answers were) at or after this time. */
  stampsSince(time: Date): Promise<readonly { readonly id: SmeId; readonly stamp: string }[]>;
}
