import type { ShownPartners } from './fairness/exposure.ts';
import type { KnownPairs } from './known-pairs.ts';
import type { Model } from './model.ts';
import { positionsBefore, type Pool } from './pool.ts';
import { weighed } from './score.ts';
import type { TopLists } from './topk.ts';
import { FACTORS, type SmeId, type Suggestion, type SuggestionList } from './types.ts';

/** Lists as they were found: positions and scores. */
export interface Found {
  readonly pool: Pool;
  readonly model: Model;
  readonly tops: TopLists;
  readonly pairs: KnownPairs;
}

export const idAt = ({ features }: Pool, position: number): SmeId => features[position].prepared.profile.id;

/** Suggestion lists in words, each written when it is first asked for: most are never read. */
export class SuggestionLists {
  readonly #found: Found;
  readonly #written = new Map<number, SuggestionList>();

  constructor(found: Found) {
    this.#found = found;
  }

  get size(): number {
    return this.#found.tops.counts.length;
  }

  has(sme: SmeId): boolean {
    return this.#found.pool.positions.has(sme);
  }

  get(sme: SmeId): SuggestionList | undefined {
    const position = this.#found.pool.positions.get(sme);
    return position === undefined ? undefined : this.at(position);
  }

  /** The list of a position. */
  at(position: number): SuggestionList {
    const known = this.#written.get(position);
    if (known) return known;
    const { pool, model, tops, pairs } = this.#found;
    const own = pool.features[position];
    const suggestions = Array.from(tops.of(position), (partner): Suggestion => {
      const { score, terms } = weighed(pairs.values(own, pool.features[partner], model), model);
      return { partner: idAt(pool, partner), score, terms };
    });
    const list = { sme: idAt(pool, position), suggestions };
    this.#written.set(position, list);
    return list;
  }

  /** Who is on whose list, sorted by SME, without scoring anything again. */
  *partners(): Generator<ShownPartners, void, void> {
    const { pool, tops } = this.#found;
    for (let position = 0; position < this.size; position += 1) {
      const suggestions = Array.from(tops.of(position), (partner) => ({ partner: idAt(pool, partner) }));
      yield { sme: idAt(pool, position), suggestions };
    }
  }

  /** Ids, sorted. */
  keys(): IterableIterator<SmeId> {
    return this.#found.pool.positions.keys();
  }

  *[Symbol.iterator](): Generator<[SmeId, SuggestionList], void, void> {
    for (const list of this.values()) yield [list.sme, list];
  }

  /** All lists, sorted by SME. */
  *values(): Generator<SuggestionList, void, void> {
    for (let position = 0; position < this.size; position += 1) yield this.at(position);
  }
}

type Before = Found & { readonly lists: SuggestionLists };

/** SMEs whose list is new or says anything else than before, to the last term; sorted. */
export function changedLists(before: Before, after: Before): SmeId[] {
  const olds = positionsBefore(after.pool, before.pool);
  const sameModel =
    before.model.shares === after.model.shares && before.model.challenges === after.model.challenges;
  // by position: 1 for those who score as they did; asked for each of a list, so that no object is touched there
  const stands = new Uint8Array(olds.length);
  for (let own = 0; own < olds.length && sameModel; own += 1) {
    if (before.pool.features[olds[own]] === after.pool.features[own]) stands[own] = 1;
  }
  const changed: SmeId[] = [];
  for (let own = 0; own < olds.length; own += 1) {
    if (olds[own] >= 0 && samePartners(before, after, own, olds)) {
      // the scores are the same; where nobody differs, so are the terms
      if (stands[own] === 1 && allStand(after.tops, own, stands)) continue;
      if (sameList(before.lists.at(olds[own]), after.lists.at(own))) continue;
    }
    changed.push(idAt(after.pool, own));
  }
  return changed;
}

function allStand(tops: TopLists, own: number, stands: Uint8Array): boolean {
  for (let at = 0; at < tops.counts[own]; at += 1) if (stands[tops.positionAt(own, at)] === 0) return false;
  return true;
}

function samePartners(before: Found, after: Found, own: number, olds: Int32Array): boolean {
  const [was, is] = [before.tops, after.tops];
  const count = is.counts[own];
  if (was.counts[olds[own]] !== count) return false;
  for (let at = 0; at < count; at += 1) {
    if (was.scoreAt(olds[own], at) !== is.scoreAt(own, at)) return false;
    if (was.positionAt(olds[own], at) !== olds[is.positionAt(own, at)]) return false;
  }
  return true;
}

/** Whether two lists say the same, to the last term. */
const sameList = (one: SuggestionList, other: SuggestionList): boolean =>
  one.suggestions.length === other.suggestions.length &&
  one.suggestions.every((suggestion, i) => sameSuggestion(suggestion, other.suggestions[i]));

const sameSuggestion = (one: Suggestion, other: Suggestion): boolean =>
  one.partner === other.partner &&
  one.score === other.score &&
  FACTORS.every((factor) => one.terms[factor] === other.terms[factor]);
