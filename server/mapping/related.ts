import type { Entry, TermNumbers } from './catalogue.ts';
import type { Facet } from '../taxonomy/service.ts';

/** How much one shared term says: a capability says what a solution does, a sector only for whom. */
const WEIGHTS: Readonly<Record<Facet, number>> = { capabilities: 4, technologies: 3, fields: 2, sectors: 1 };

/** Another solution, and the terms or phases for which it is named. */
export interface Related {
  readonly entry: Entry;
  /** Terms that both have, by number. */
  readonly shared: readonly number[];
  /** Phases that only the other one covers. */
  readonly adds: Entry['phases'];
}

export interface RelatedSolutions {
  /** Does much the same: an alternative or a competitor. */
  readonly similar: readonly Related[];
  /** For the same field, sector or technology, in phases that this one does not cover, from another country. */
  readonly complementary: readonly Related[];
}

/** Looks through all solutions once; each side shows the best few, at most one for each company. */
export function relatedTo(
  entry: Entry,
  all: Iterable<Entry>,
  terms: TermNumbers,
  most: number,
): RelatedSolutions {
  const own = new Set(entry.ownTerms);
  const similar: (Related & { score: number })[] = [];
  const complementary: (Related & { score: number })[] = [];
  for (const other of all) {
    if (other.smeId === entry.smeId) continue;
    const shared = other.ownTerms.filter((term) => own.has(term));
    if (shared.length === 0) continue;
    const score = shared.reduce((sum, term) => sum + WEIGHTS[terms.facetOf[term] ?? 'sectors'], 0);
    const adds = other.phases.filter((phase) => !entry.phases.includes(phase));
    const capabilities = shared.filter((term) => terms.facetOf[term] === 'capabilities').length;
    if (capabilities > 0 || entry.ownTerms.length === shared.length) {
      similar.push({ entry: other, shared, adds, score: score * 10 - adds.length });
    }
    const bringsMore = entry.phases.length > 0 && adds.length > 0 && other.country !== entry.country;
    if (bringsMore && shared.length > capabilities) {
      complementary.push({ entry: other, shared, adds, score: score - 5 * capabilities + adds.length });
    }
  }
  return { similar: bestOf(similar, most), complementary: bestOf(complementary, most) };
}

function bestOf(found: (Related & { score: number })[], most: number): Related[] {
  found.sort(
    (one, other) =>
      other.score - one.score ||
      other.entry.trl - one.entry.trl ||
      (one.entry.titleKey < other.entry.titleKey ? -1 : 1),
  );
  const companies = new Set<string>();
  const best: Related[] = [];
  for (const { entry, shared, adds } of found) {
    if (best.length === most) break;
    if (companies.has(entry.smeId)) continue;
    companies.add(entry.smeId);
    best.push({ entry, shared, adds });
  }
  return best;
}
