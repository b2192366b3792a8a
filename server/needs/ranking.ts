import type { NeedReader } from '../../matching/index.ts';
import type { Profile } from '../../matching/types.ts';
import type { BookEntry } from './book.ts';

/** Ids of the needs that an SME answers at all, the best first: by the share that it covers, then the newest, then by id. */
export function rankFor(
  profile: Pick<Profile, 'solutions'>,
  entries: readonly BookEntry[],
  reader: Pick<NeedReader, 'covered'>,
): string[] {
  return entries
    .map((entry) => ({ entry, covered: reader.covered(profile, entry.wanted) }))
    .filter(({ covered }) => covered > 0)
    .sort(
      (one, other) =>
        // Shares are compared across needs of different sizes, as whole numbers.
        other.covered * one.entry.wanted.terms.length - one.covered * other.entry.wanted.terms.length ||
        other.entry.listedAt - one.entry.listedAt ||
        (one.entry.id < other.entry.id ? -1 : 1),
    )
    .map(({ entry }) => entry.id);
}
