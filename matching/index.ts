import {
  FACTORS,
  SCALE,
  type Call,
  type Explanation,
  type Pair,
  type Profile,
  type ScoreTerms,
  type SmeId,
  type Suggestion,
  type SuggestionList,
  type TaxonomyEntry,
  type Weights,
} from './types.ts';
import { weightShares } from './weights.ts';

export { DEFAULT_WEIGHTS, parseWeights } from './weights.ts';
export type { ParsedWeights, WeightsError } from './weights.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface RefreshResult {
  /** Lists that are new or differ from the last finished refresh. */
  readonly changed: SuggestionList[];
  /** SMEs that were taken out. */
  readonly removed: SmeId[];
}

export interface PairingResult {
  readonly pairs: readonly Pair[];
  /** Sum of the scores of the pairs. */
  readonly total: number;
  /** No set of pairs can have a larger total than this. */
  readonly bound: number;
  readonly status: 'optimal' | 'feasible';
  readonly alone: readonly SmeId[];
}

export interface IndexOptions {
  readonly taxonomy: readonly TaxonomyEntry[];
  readonly call: Call;
  readonly weights: Weights;
  /** Length of each list. */
  readonly listLength?: number;
}

/** Placeholder bodies behind the final surface: the score is replaced module by module. */
export class MatchingIndex {
  #weights: Weights;
  #call: Call;
  readonly #length: number;
  readonly #profiles = new Map<SmeId, Profile>();
  #lists = new Map<SmeId, SuggestionList>();

  constructor(options: IndexOptions) {
    this.#weights = options.weights;
    this.#call = options.call;
    this.#length = options.listLength ?? 10;
  }

  get size(): number {
    return this.#profiles.size;
  }

  upsert(profiles: readonly Profile[]): void {
    for (const profile of profiles) this.#profiles.set(profile.id, profile);
  }

  remove(ids: readonly SmeId[]): void {
    for (const id of ids) this.#profiles.delete(id);
  }

  setWeights(weights: Weights): void {
    this.#weights = weights;
  }

  setCall(call: Call): void {
    this.#call = call;
  }

  *refresh(): Generator<Progress, RefreshResult, void> {
    const next = new Map<SmeId, SuggestionList>();
    for (const profile of this.#profiles.values()) {
      next.set(profile.id, this.#listOf(profile, this.#weights));
      yield { done: next.size, total: this.#profiles.size };
    }
    const changed = [...next.values()].filter((list) => !same(list, this.#lists.get(list.sme)));
    const removed = [...this.#lists.keys()].filter((id) => !next.has(id));
    this.#lists = next;
    return { changed, removed };
  }

  list(id: SmeId): SuggestionList | undefined {
    return this.#lists.get(id);
  }

  lists(): Iterable<SuggestionList> {
    return this.#lists.values();
  }

  explain(a: SmeId, b: SmeId): Explanation {
    const one = this.#profile(a);
    const other = this.#profile(b);
    const terms = pairTerms(this.#weights);
    const eligible = one.country !== other.country;
    return {
      a,
      b,
      eligible,
      refusals: eligible
        ? []
        : [{ code: 'same-country', smes: [a, b], sentence: 'Both are in the same country.' }],
      score: eligible ? sumOf(terms) : 0,
      factors: [],
      summary: eligible ? 'They may be paired.' : 'They may not be paired.',
      aBrings: [],
      bBrings: [],
    };
  }

  *preview(weights: Weights): Generator<Progress, SuggestionList[], void> {
    const differing: SuggestionList[] = [];
    let done = 0;
    for (const profile of this.#profiles.values()) {
      const list = this.#listOf(profile, weights);
      if (!same(list, this.#lists.get(list.sme))) differing.push(list);
      done += 1;
      yield { done, total: this.#profiles.size };
    }
    return differing;
  }

  pairs(): PairingResult {
    return { pairs: [], total: 0, bound: 0, status: 'feasible', alone: [...this.#profiles.keys()] };
  }

  #profile(id: SmeId): Profile {
    const profile = this.#profiles.get(id);
    if (!profile) throw new RangeError(`No SME with the id '${id}' in the pool.`);
    return profile;
  }

  #listOf(profile: Profile, weights: Weights): SuggestionList {
    const terms = pairTerms(weights);
    const suggestions: Suggestion[] = [...this.#profiles.values()]
      .filter((other) => other.id !== profile.id && other.country !== profile.country)
      .filter((other) => this.#call.countries.includes(other.country))
      .map((other) => ({ partner: other.id, score: sumOf(terms), terms }))
      .toSorted((x, y) => y.score - x.score || (x.partner < y.partner ? -1 : 1))
      .slice(0, this.#length);
    return { sme: profile.id, suggestions };
  }
}

const pairTerms = (weights: Weights): ScoreTerms => {
  const shares = weightShares(weights);
  const terms = { ...shares };
  for (const factor of FACTORS) terms[factor] = Math.floor((shares[factor] * (SCALE / 2)) / SCALE);
  return terms;
};

const sumOf = (terms: ScoreTerms): number => FACTORS.reduce((sum, factor) => sum + terms[factor], 0);

const same = (one: SuggestionList, other: SuggestionList | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
