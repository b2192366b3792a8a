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

/** Solutions with the same score, by score. */
type Scored = Map<number, Entry[]>;

/** Looks through all solutions once, without making anything for those that share nothing; each side shows the best few, at most one for each company. */
export function relatedTo(
  entry: Entry,
  all: Iterable<Entry>,
  terms: TermNumbers,
  most: number,
): RelatedSolutions {
  const own = new Set(entry.ownTerms);
  const similar: Scored = new Map();
  const complementary: Scored = new Map();
  for (const other of all) {
    if (other.smeId === entry.smeId) continue;
    let [shared, score, capabilities] = [0, 0, 0];
    for (const term of other.ownTerms) {
      if (!own.has(term)) continue;
      const facet = terms.facetOf[term] ?? 'sectors';
      shared += 1;
      score += WEIGHTS[facet];
      if (facet === 'capabilities') capabilities += 1;
    }
    if (shared === 0) continue;
    const adds = addedBy(other, entry);
    if (capabilities > 0 || entry.ownTerms.length === shared) put(similar, score * 10 - adds, other);
    const bringsMore = entry.phases.length > 0 && adds > 0 && other.country !== entry.country;
    if (bringsMore && shared > capabilities) put(complementary, score - 5 * capabilities + adds, other);
  }
  const explained = (other: Entry): Related => ({
    entry: other,
    shared: other.ownTerms.filter((term) => own.has(term)),
    adds: other.phases.filter((phase) => !entry.phases.includes(phase)),
  });
  return {
    similar: bestOf(similar, most).map(explained),
    complementary: bestOf(complementary, most).map(explained),
  };
}

/** How many phases the other one covers that this one does not. */
function addedBy(other: Entry, entry: Entry): number {
  let added = 0;
  for (const phase of other.phases) if (!entry.phases.includes(phase)) added += 1;
  return added;
}

function put(scored: Scored, score: number, entry: Entry): void {
  const known = scored.get(score);
  if (known) known.push(entry);
  else scored.set(score, [entry]);
}

const byMaturity = (one: Entry, other: Entry): number =>
  other.trl - one.trl || (one.titleKey < other.titleKey ? -1 : 1);

/** Only the solutions of the best scores are put in order: most share a sector and little else. */
function bestOf(scored: Scored, most: number): Entry[] {
  const companies = new Set<string>();
  const best: Entry[] = [];
  for (const score of [...scored.keys()].sort((one, other) => other - one)) {
    for (const entry of (scored.get(score) ?? []).sort(byMaturity)) {
      if (best.length === most) return best;
      if (companies.has(entry.smeId)) continue;
      companies.add(entry.smeId);
      best.push(entry);
    }
  }
  return best;
}
