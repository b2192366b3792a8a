import { SCALE, type SmeId, type SuggestionList } from '../../matching/types.ts';
import type { WeightsPreview } from './schema.ts';

type CountryRow = WeightsPreview['byCountry'][number];

/** One list before and after a change of weights. */
export interface ListMove {
  readonly sme: SmeId;
  readonly before: SuggestionList['suggestions'];
  readonly after: SuggestionList['suggestions'];
  readonly entering: ReadonlySet<SmeId>;
  readonly leaving: ReadonlySet<SmeId>;
  /** The same partners in another order. */
  readonly isReordered: boolean;
}

const idsOf = (list: SuggestionList['suggestions']): SmeId[] => list.map(({ partner }) => partner);

/** What differs between two lists of one SME. */
export function moveOf(before: SuggestionList, after: SuggestionList): ListMove {
  const [old, fresh] = [idsOf(before.suggestions), idsOf(after.suggestions)];
  const [oldSet, freshSet] = [new Set(old), new Set(fresh)];
  const entering = new Set(fresh.filter((id) => !oldSet.has(id)));
  const leaving = new Set(old.filter((id) => !freshSet.has(id)));
  const isReordered = entering.size === 0 && leaving.size === 0 && fresh.some((id, rank) => old[rank] !== id);
  return {
    sme: before.sme,
    before: before.suggestions,
    after: after.suggestions,
    entering,
    leaving,
    isReordered,
  };
}

/**
 * Adds up what a change of weights does, list by list, so that a caller can pause in between.
 *
 * A list counts as changed where somebody enters or leaves it; as reordered where the same partners stand in another order.
 */
export class Comparison {
  readonly #countryOf: (sme: SmeId) => string;
  readonly #countries = new Map<string, CountryRow>();
  readonly #moves: ListMove[] = [];
  listsTotal = 0;
  listsChanged = 0;
  listsReordered = 0;
  suggestionsEntering = 0;

  constructor(countryOf: (sme: SmeId) => string) {
    this.#countryOf = countryOf;
  }

  /** `after` is undefined where the list stays as it is. */
  add(before: SuggestionList, after: SuggestionList | undefined): void {
    this.listsTotal += 1;
    this.#row(before.sme).smes += 1;
    for (const { partner } of before.suggestions) this.#row(partner).suggestedBefore += 1;
    for (const { partner } of (after ?? before).suggestions) this.#row(partner).suggestedAfter += 1;
    if (!after) return;
    const move = moveOf(before, after);
    const isChanged = move.entering.size + move.leaving.size > 0;
    if (!isChanged && !move.isReordered) return;
    this.#moves.push(move);
    this.#row(before.sme).changed += 1;
    this.suggestionsEntering += move.entering.size;
    if (isChanged) this.listsChanged += 1;
    else this.listsReordered += 1;
  }

  /** Most affected first. */
  byCountry(): CountryRow[] {
    const shift = (row: CountryRow): number => Math.abs(row.suggestedAfter - row.suggestedBefore);
    return [...this.#countries.values()].toSorted(
      (a, b) => b.changed - a.changed || shift(b) - shift(a) || (a.country < b.country ? -1 : 1),
    );
  }

  /** The lists that change most, most changed first. */
  mostChanged(limit: number): ListMove[] {
    const size = ({ entering, leaving }: ListMove): number => entering.size + leaving.size;
    return this.#moves.toSorted((a, b) => size(b) - size(a) || (a.sme < b.sme ? -1 : 1)).slice(0, limit);
  }

  #row(sme: SmeId): CountryRow {
    const country = this.#countryOf(sme);
    const row = this.#countries.get(country) ?? {
      country,
      smes: 0,
      changed: 0,
      suggestedBefore: 0,
      suggestedAfter: 0,
    };
    this.#countries.set(country, row);
    return row;
  }
}

/** The engine's whole number as a decimal. */
export const decimalScore = (score: number): number => score / SCALE;
