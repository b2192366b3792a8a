import type { Doc, Value } from './bson.ts';
import type { Catalog } from './catalog.ts';
import { someAt } from './path.ts';

/** The earliest date at a path, of an array the earliest element; other types never expire. */
function earliestDate(doc: Doc, path: readonly string[]): number {
  let earliest = Infinity;
  const look = (value: Value): void => {
    if (value instanceof Date) earliest = Math.min(earliest, value.getTime());
  };
  someAt(doc, path, 0, (value) => {
    if (Array.isArray(value)) value.forEach(look);
    else look(value);
    return false;
  });
  return earliest;
}

/** Removes what the TTL indexes say has expired. Gives the number of documents removed. */
export function removeExpired(catalog: Catalog, now: number): number {
  let removed = 0;
  for (const collection of catalog.list())
    for (const { spec } of collection.indexes) {
      if (spec.expireAfterSeconds === undefined) continue;
      const path = Object.keys(spec.key)[0]?.split('.') ?? [];
      const limit = now - spec.expireAfterSeconds * 1000;
      const [field = ''] = Object.keys(spec.key);
      const candidates = collection.find({ filter: { [field]: { $lte: new Date(limit) } } });
      const expired = candidates.filter((row) => earliestDate(row.doc, path) <= limit);
      for (const row of expired) collection.remove(row);
      removed += expired.length;
    }
  return removed;
}
