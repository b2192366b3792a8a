import type { SmeRecord, StoredSolution } from '../smes/model.ts';
import type { Phase } from '../smes/schema.ts';
import { searchName } from '../smes/search-name.ts';
import { FACETS, type Facet, type TaxonomyService } from '../taxonomy/service.ts';
import type { PhaseFinder, PhaseFinding } from './phases.ts';
import { TextIndex } from './text-index.ts';

/** What the mapping reads of an SME: its non-confidential part. */
export type MappedSme = Pick<SmeRecord, '_id' | (typeof MAPPED_FIELDS)[number]> & {
  /** It agreed that its solutions stand in the public mapping. */
  readonly listedPublicly: boolean;
};

/** What a `MappedSme` takes from a record. */
export const MAPPED_FIELDS = ['name', 'searchName', 'country', 'solutions', 'updatedAt'] as const;

/** One solution as the search holds it. */
export interface Entry {
  readonly slot: number;
  readonly smeId: string;
  readonly solutionId: string;
  readonly country: string;
  /** Folded title and company, to sort by. */
  readonly titleKey: string;
  readonly companyKey: string;
  /** 0 where not yet declared. */
  readonly trl: number;
  readonly phases: readonly Phase[];
  readonly phaseOrigin: PhaseFinding['origin'];
  /** Its terms and the domains above them, by their number. */
  readonly terms: readonly number[];
  /** Its own terms only. */
  readonly ownTerms: readonly number[];
  readonly listedPublicly: boolean;
  readonly updatedAt: Date;
}

/** Terms of the taxonomy by number, so that flags and counts are plain arrays. */
export interface TermNumbers {
  readonly ids: readonly string[];
  readonly facetOf: readonly Facet[];
  /** undefined: there is no such term. */
  numberOf(id: string): number | undefined;
  /** A term with the domains above it. */
  withAbove(id: string): readonly number[];
}

/** How much a mention counts by where it stands. */
const WEIGHTS = { title: 6, company: 5, terms: 3, offer: 1 } as const;
/** Of a long offer its beginning says what it is. */
const OFFER_CHARACTERS = 4_000;
/** Removed slots are swept out when they are this share of all. */
const SWEEP_SHARE = 0.25;
const SWEEP_LEAST = 1_000;

export function numberTerms(taxonomy: Pick<TaxonomyService, 'terms' | 'facetOf'>): TermNumbers {
  const ids = taxonomy.terms.map(({ id }) => id);
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const above = new Map(taxonomy.terms.map(({ id, broader }) => [id, broader]));
  return {
    ids,
    facetOf: ids.map((id) => taxonomy.facetOf(id) ?? 'capabilities'),
    numberOf: (id) => numbers.get(id),
    withAbove(id) {
      const found: number[] = [];
      for (let at: string | null | undefined = id; at !== null && at !== undefined; at = above.get(at)) {
        const number = numbers.get(at);
        if (number !== undefined) found.push(number);
      }
      return found;
    },
  };
}

/**
 * Every solution of every SME, in memory: for search, facets and the matrix. It only says which solutions fit and in which order; what is
 * shown of them is read from the database. `sync.ts` keeps it up to date.
 */
export class Catalogue {
  readonly text = new TextIndex();
  readonly terms: TermNumbers;
  readonly #taxonomy: Pick<TaxonomyService, 'terms' | 'labelOf'>;
  readonly #findPhases: PhaseFinder;
  readonly #altLabels: ReadonlyMap<string, string>;
  /** By slot; null where it was removed. */
  #entries: (Entry | null)[] = [];
  #removed = 0;
  /** Grows with every change. */
  revision = 0;
  readonly #slots = new Map<string, number[]>();

  constructor(taxonomy: Pick<TaxonomyService, 'terms' | 'facetOf' | 'labelOf'>, findPhases: PhaseFinder) {
    this.#taxonomy = taxonomy;
    this.#findPhases = findPhases;
    this.terms = numberTerms(taxonomy);
    this.#altLabels = new Map(taxonomy.terms.map(({ id, altLabels }) => [id, altLabels.join(' ')]));
  }

  /** One more than the highest slot. */
  get slotCount(): number {
    return this.#entries.length;
  }

  entry(slot: number): Entry | null {
    return this.#entries[slot] ?? null;
  }

  /** All solutions that are held. */
  *entries(): Iterable<Entry> {
    for (const entry of this.#entries) if (entry) yield entry;
  }

  /** The solutions of one SME. */
  entriesOf(smeId: string): Entry[] {
    return (this.#slots.get(smeId) ?? []).flatMap((slot) => this.entry(slot) ?? []);
  }

  /** Takes up an SME, in place of what was known of it. */
  put(sme: MappedSme): void {
    this.remove(sme._id);
    this.revision += 1;
    const slots = sme.solutions.map((solution) => this.#add(sme, solution));
    this.#slots.set(sme._id, slots);
    if (this.#removed > SWEEP_LEAST && this.#removed > this.#entries.length * SWEEP_SHARE) this.#sweep();
  }

  /** Whether an SME stands in the public mapping; nothing happens where it is not held or was like this before. */
  list(smeId: string, listedPublicly: boolean): void {
    for (const entry of this.entriesOf(smeId)) {
      if (entry.listedPublicly === listedPublicly) continue;
      this.revision += 1;
      this.#entries[entry.slot] = { ...entry, listedPublicly };
    }
  }

  remove(smeId: string): void {
    this.revision += 1;
    for (const slot of this.#slots.get(smeId) ?? []) {
      this.#entries[slot] = null;
      this.text.remove(slot);
      this.#removed += 1;
    }
    this.#slots.delete(smeId);
  }

  #add(sme: MappedSme, solution: StoredSolution): number {
    const slot = this.#entries.length;
    const termIds = FACETS.flatMap((facet) => solution[facet]);
    const { phases, origin } = this.#findPhases(solution);
    this.#entries.push({
      slot,
      smeId: sme._id,
      solutionId: solution.id,
      country: sme.country,
      titleKey: searchName(solution.title),
      companyKey: sme.searchName,
      trl: solution.trl ?? 0,
      phases,
      phaseOrigin: origin,
      terms: [...new Set(termIds.flatMap((id) => this.terms.withAbove(id)))],
      ownTerms: termIds.flatMap((id) => this.terms.numberOf(id) ?? []),
      listedPublicly: sme.listedPublicly,
      updatedAt: sme.updatedAt,
    });
    const labels = termIds.map((id) => `${this.#taxonomy.labelOf(id)} ${this.#altLabels.get(id) ?? ''}`);
    this.text.add(slot, [
      { text: solution.title, weight: WEIGHTS.title },
      { text: sme.name, weight: WEIGHTS.company },
      { text: labels.join(' '), weight: WEIGHTS.terms },
      { text: solution.offer.slice(0, OFFER_CHARACTERS), weight: WEIGHTS.offer },
    ]);
    return slot;
  }

  /** The solutions that are left get new slots without gaps. */
  #sweep(): void {
    const numbers = new Map<number, number>();
    const left: Entry[] = [];
    for (const entry of this.entries()) {
      numbers.set(entry.slot, left.length);
      left.push({ ...entry, slot: left.length });
    }
    const numberOf = (slot: number): number => numbers.get(slot) ?? 0;
    this.text.renumber(numberOf);
    for (const [smeId, slots] of this.#slots) this.#slots.set(smeId, slots.map(numberOf));
    this.#entries = left;
    this.#removed = 0;
  }
}
