import type { Features } from '../../../matching/features.ts';
import { buildModel, type Model } from '../../../matching/model.ts';
import { buildPool, byId, type Pool } from '../../../matching/pool.ts';
import { prepare } from '../../../matching/prepare.ts';
import { refusals } from '../../../matching/rules.ts';
import { scorePair } from '../../../matching/score.ts';
import { buildTaxonomy } from '../../../matching/taxonomy.ts';
import { Vocabulary } from '../../../matching/text/vocabulary.ts';
import type { MatchingIndex, RefreshResult } from '../../../matching/index.ts';
import type {
  Call,
  Profile,
  Suggestion,
  SuggestionList,
  TaxonomyEntry,
  Weights,
} from '../../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../../matching/weights.ts';
import { buildCall, TAXONOMY } from './pool.ts';

/** Runs a generator to its end. */
export function finish<Result>(work: Generator<unknown, Result, void>): Result {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

export const refresh = (index: MatchingIndex): RefreshResult => finish(index.refresh());

export interface Read {
  readonly pool: Pool;
  readonly model: Model;
}

/** Reads profiles as the index does, but all at once. */
export function read(
  profiles: readonly Profile[],
  call: Call = buildCall(),
  weights: Weights = DEFAULT_WEIGHTS,
  entries: readonly TaxonomyEntry[] = TAXONOMY,
): Read {
  const taxonomy = buildTaxonomy(entries);
  const vocabulary = new Vocabulary();
  const model = buildModel(taxonomy, call, weights);
  const prepared = profiles.map((profile) => prepare(profile, taxonomy, vocabulary));
  return { pool: finish(buildPool(prepared, model, vocabulary.size)), model };
}

/** Two SMEs as scoring reads them, alone in a pool unless others are given. */
export function readPair(a: Profile, b: Profile, others: readonly Profile[] = [], call: Call = buildCall()) {
  const { pool, model } = read([a, b, ...others], call);
  const of = (id: string): Features => {
    const found = pool.features.find(({ prepared }) => prepared.profile.id === id);
    if (!found) throw new RangeError(`no ${id}`);
    return found;
  };
  return { a: of(a.id), b: of(b.id), model };
}

const partnersOf = (own: Features, { pool, model }: Read): Suggestion[] =>
  pool.features
    .filter((other) => refusals(own.prepared.profile, other.prepared.profile, model.call).length === 0)
    .map((other) => {
      const { score, terms } = scorePair(own, other, model);
      return { partner: other.prepared.profile.id, score, terms };
    });

/** All lists by scoring every pair, plainly: what the index must give. */
export function naiveLists(
  profiles: readonly Profile[],
  length: number,
  call: Call = buildCall(),
  weights: Weights = DEFAULT_WEIGHTS,
  entries: readonly TaxonomyEntry[] = TAXONOMY,
): SuggestionList[] {
  const everything = read(profiles, call, weights, entries);
  return everything.pool.features.map((own) => ({
    sme: own.prepared.profile.id,
    suggestions: partnersOf(own, everything)
      .sort((x, y) => y.score - x.score || byId(x.partner, y.partner))
      .slice(0, length),
  }));
}
