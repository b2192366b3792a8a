import type { Features } from '../features.ts';
import { scaled } from '../fixed.ts';
import type { Model } from '../model.ts';
import { FACTORS, SCALE, type Factor } from '../types.ts';
import { coverCounts, valuesUnder, type Books, type MatrixName } from './classes.ts';
import type { Side } from './side.ts';
import { kindOf, type FlatTables } from './flat.ts';
import { StemReader } from './stem-reader.ts';
import { STEM_SHIFT } from './texts.ts';
import type { WeightedTables } from './weighted.ts';

/*
 * A guest is an SME that is newer than the tables: it has changed since, or joined. It stands in no slot; where its class is new, its values
 * against the classes of the tables are worked out when it is read.
 */

/** What a guest is read against. */
export interface Hosts {
  readonly tables: FlatTables;
  readonly books: Books;
  readonly model: Model;
  readonly weighted: WeightedTables;
}

/** Country of a guest of whose country nobody is. */
const NO_COUNTRY = -1;

/** What scores read of a guest. */
export function guestSide(guest: Features, { tables, books, model, weighted }: Hosts): Side {
  const values = valuesUnder(model);
  const { matrices } = tables;
  const row = (name: MatrixName, share: number): Int32Array => {
    const { size, rows } = weighted[name];
    const number = books[name].find(guest);
    // most have a class that others have too
    if (number !== undefined && number < size) return rows[number];
    const { members } = books[name];
    return Int32Array.from({ length: size }, (_, other) =>
      scaled(values[name](guest, members[other]), share),
    );
  };
  const share = (factor: Factor): number => model.shares[0][FACTORS.indexOf(factor)];
  const { prepared, cover, query, answer } = guest;
  return {
    kind: kindOf(guest),
    country: books.country.find(guest) ?? NO_COUNTRY,
    trl: row('trl', share('trl')),
    practical: row('practical', share('practical')),
    reach: row('reach', share('reach')),
    role: row('role', SCALE),
    field: row('field', SCALE),
    sector: row('sector', SCALE),
    covers: cover,
    coverCounts: coverCounts(cover, matrices.challenge.words),
    coversKnown: cover.length > 0,
    needs: prepared.needTerms,
    offers: prepared.offerTerms,
    projects: prepared.projects,
    seekLength: query.length,
    offerLength: answer.length,
    squares: answer.squares,
    entries: entriesOf(guest, tables),
  };
}

/** Its text with the stems that the tables know; no other SME of the tables has the rest. */
function entriesOf(guest: Features, { numbers }: FlatTables): Int32Array {
  const reader = new StemReader();
  const count = reader.read(guest);
  const entries: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const stem = reader.stems[at];
    const number = stem < numbers.length ? numbers[stem] : -1;
    if (number >= 0) entries.push((number << STEM_SHIFT) | reader.times[at]);
  }
  return Int32Array.from(entries);
}
