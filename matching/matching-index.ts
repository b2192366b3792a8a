import { difference, type RefreshResult } from './difference.ts';
import { explainPair, type Background } from './explain.ts';
import type { Features } from './features.ts';
import { exposureOf, type Exposure } from './fairness/exposure.ts';
import { buildModel, modelAfter } from './model.ts';
import { answersTo } from './needs/answers.ts';
import { supplyOf } from './needs/supply.ts';
import type { AnswersAsked, NeedAnswers, PartSupply, WantedTerm } from './needs/types.ts';
import { pairing, type PairingOptions, type PairingResult } from './pairs.ts';
import { buildPool, featuresById } from './pool.ts';
import { roomOfPresent, scoresWith } from './rounds/present.ts';
import type { Room } from './rounds/room.ts';
import { Reader } from './reader.ts';
import { changedLists } from './lists.ts';
import { emptySnapshot, type Snapshot } from './refresh.ts';
import type { IndexInputs } from './run-log.ts';
import type { Helpers } from './search/together.ts';
import { finish, type Progress } from './steps.ts';
import { buildTaxonomy, type Taxonomy } from './taxonomy.ts';
import { verifyPairing, type Fault } from './verify.ts';
import { mayPair } from './rules.ts';
import { compareOutcomes, type WhatIf } from './whatif/compare.ts';
import { checkWeights } from './weights.ts';
import type { Geography } from './groups.ts';
import type {
  Brief,
  Call,
  Explanation,
  Need,
  Pair,
  Profile,
  SmeId,
  SuggestionList,
  TaxonomyEntry,
  Weights,
} from './types.ts';

/** What an index is made from. */
export interface IndexOptions {
  readonly taxonomy: readonly TaxonomyEntry[];
  readonly call: Call;
  readonly weights: Weights;
  /** Length of each list, K. [10] */
  readonly listLength?: number;
  /** Other threads that help to search large pools; what is found is the same. [nobody] */
  readonly helpers?: Helpers | null;
}

/** What may be tried out; what is left out stays as it stands. */
export interface Settings {
  readonly weights?: Weights;
  readonly call?: Call;
}

/** What other settings give: exactly what publishing them would. */
export interface Trial {
  /** All lists, sorted by SME. */
  readonly lists: readonly SuggestionList[];
  readonly pairing: PairingResult;
}

/** What other settings would change, and the set of pairs that they lead to. */
export interface Compared {
  readonly whatIf: WhatIf;
  readonly result: PairingResult;
  readonly inputs: IndexInputs;
  readonly exposure: Exposure;
}

const DEFAULT_LENGTH = 10;

/**
 * The engine with its memory: profiles in, the exact K best partners of everybody out. Changes are noted at once and take
 * effect with the next finished `refresh`; until then every answer is that of the last one.
 *
 * @example
 * const index = new MatchingIndex({ taxonomy, call, weights: DEFAULT_WEIGHTS });
 * index.upsert(profiles);
 * for (const { done, total } of index.refresh()) report(done / total);
 * index.list('P1')?.suggestions[0];
 */
export class MatchingIndex {
  readonly #entries: readonly TaxonomyEntry[];
  readonly #taxonomy: Taxonomy;
  readonly #listLength: number;
  readonly #reader: Reader;
  #call: Call;
  #weights: Weights;
  /** Since the last finished refresh: new or changed profiles, null for those that were taken out. */
  readonly #pending = new Map<SmeId, Profile | null>();
  readonly #ids = new Set<SmeId>();
  /** Of which snapshot the scores of a room are. */
  readonly #roomsOf = new WeakMap<Room, Snapshot>();
  #snapshot: Snapshot;
  /** The settings that were tried out last: who looks at the lists under them often looks at the pairs next. */
  #tried: { readonly before: Snapshot; readonly key: string; readonly after: Snapshot } | null = null;
  /** Number of the refresh that may still finish. */
  #run = 0;

  /** @throws RangeError where `listLength` is not a whole number above 0, the weights are all zero, or a term comes twice */
  constructor({ taxonomy, call, weights, listLength = DEFAULT_LENGTH, helpers = null }: IndexOptions) {
    if (!Number.isInteger(listLength) || listLength < 1) {
      throw new RangeError(`The length of a list is ${listLength}; it must be a whole number above 0.`);
    }
    this.#entries = taxonomy;
    checkWeights(weights);
    this.#taxonomy = buildTaxonomy(taxonomy);
    this.#listLength = listLength;
    this.#reader = new Reader(this.#taxonomy, helpers);
    this.#call = call;
    this.#weights = weights;
    const model = buildModel(this.#taxonomy, call, weights);
    this.#snapshot = emptySnapshot(finish(buildPool([], model, 0)), model, listLength);
  }

  /** Number of SMEs, with what was noted since the last refresh. */
  get size(): number {
    return this.#ids.size;
  }

  /** Adds profiles, or replaces those with the same id; of two with one id the later counts. */
  upsert(profiles: readonly Profile[]): void {
    for (const profile of profiles) {
      this.#pending.set(profile.id, profile);
      this.#ids.add(profile.id);
    }
  }

  /** Takes SMEs out; ids that are not there are passed over. */
  remove(ids: readonly SmeId[]): void {
    for (const id of ids) {
      if (this.#ids.delete(id)) this.#pending.set(id, null);
    }
  }

  /**
   * New weights, from the next refresh on.
   *
   * @throws RangeError where one is not a whole number from 0 to 100, or all are zero; nothing changes then
   */
  setWeights(weights: Weights): void {
    checkWeights(weights);
    this.#weights = weights;
  }

  /** New rules, from the next refresh on. Where only `taken` differs, only those concerned are worked out again. */
  setCall(call: Call): void {
    this.#call = call;
  }

  /**
   * Brings all lists up to date. Yields its progress, so that the caller can pause, report, or give up by not going on: the
   * lists then stay those of the last finished refresh and the next one starts over. Starting a second refresh gives up the first,
   * which then ends with nothing changed.
   */
  *refresh(): Generator<Progress, RefreshResult, void> {
    this.#run += 1;
    const run = this.#run;
    const before = this.#snapshot;
    const batch = new Map(this.#pending);
    const model = modelAfter(before.model, this.#call, this.#weights);
    const work = this.#reader.advance(before, batch, model);
    let step = work.next();
    while (step.done !== true) {
      yield step.value;
      if (run !== this.#run) return { changedIds: [], changed: [], removed: [] };
      step = work.next();
    }
    this.#snapshot = step.value;
    this.#tried = null;
    for (const [id, profile] of batch) {
      if (this.#pending.get(id) === profile) this.#pending.delete(id);
    }
    return difference(before, step.value);
  }

  /** Whether an SME was there in the last finished refresh. */
  has(id: SmeId): boolean {
    return this.#snapshot.pool.positions.has(id);
  }

  /** Suggestions for one SME as of the last finished refresh; undefined for an id that was not there. */
  list(id: SmeId): SuggestionList | undefined {
    return this.#snapshot.lists.get(id);
  }

  /** Whether an SME may be paired with anybody at all; false where it was not there in the last finished refresh. */
  mayMeetAnybody(id: SmeId): boolean {
    const { pool, tops } = this.#snapshot;
    const position = pool.positions.get(id);
    return position !== undefined && tops.counts[position] > 0;
  }

  /** All lists as of the last finished refresh, sorted by SME. */
  *lists(): Iterable<SuggestionList> {
    for (const id of this.#snapshot.pool.positions.keys()) {
      const list = this.#snapshot.lists.get(id);
      if (list) yield list;
    }
  }

  /**
   * Why two SMEs fit, or why they may not be paired: factor by factor, with the fields and words behind each.
   *
   * @throws RangeError for an SME that was not there in the last finished refresh
   */
  explain(a: SmeId, b: SmeId): Explanation {
    return explainPair(this.#features(a), this.#features(b), this.#background());
  }

  /**
   * What a list shows of a pair, as `explain` says it; null where the pair is refused or one of the two was not there in the last finished
   * refresh.
   */
  brief(a: SmeId, b: SmeId): Brief | null {
    const { pool, pairs } = this.#snapshot;
    const [you, they] = [featuresById(pool, a), featuresById(pool, b)];
    const background = this.#background();
    if (!you || !they || !mayPair(you, they, background.model.call)) return null;
    return pairs.brief(you, they, background);
  }

  /** The lists that other weights would change, as they would be then. Changes nothing. */
  *preview(weights: Weights): Generator<Progress, SuggestionList[], void> {
    const next = yield* this.#under({ weights });
    return changedLists(this.#snapshot, next).flatMap((id) => next.lists.get(id) ?? []);
  }

  /**
   * Lists and pairs under other weights or rules, for the SMEs of the last finished refresh. Changes nothing. Setting the same, then
   * `refresh` and `pairs`, gives the same to the byte.
   *
   * @throws RangeError as `setWeights` and `pairs` do
   */
  *trial(settings: Settings, options: PairingOptions = {}): Generator<Progress, Trial, void> {
    const after = yield* this.#under(settings);
    const lists = [...after.pool.positions.keys()].flatMap((id) => after.lists.get(id) ?? []);
    return { lists, pairing: yield* pairing(after, options) };
  }

  /**
   * What other weights or rules would change: pairs gained and lost, who is left alone, totals, and all of it by country, cluster, size
   * class, widening status and instrument. Changes nothing.
   *
   * @param asked what is asked of the set of pairs, before and after
   * @throws RangeError as `setWeights` and `pairs` do
   */
  *whatIf(
    settings: Settings,
    geography: Geography,
    asked: PairingOptions = {},
  ): Generator<Progress, WhatIf, void> {
    return (yield* this.compared(settings, geography, asked)).whatIf;
  }

  /** `whatIf` with the set of pairs that the other settings lead to, what that is made from, and who is seen and paired then. */
  *compared(
    settings: Settings,
    geography: Geography,
    asked: PairingOptions = {},
  ): Generator<Progress, Compared, void> {
    const standing = this.#snapshot;
    const after = yield* this.#under(settings);
    const before = { snapshot: standing, pairing: yield* pairing(standing, asked) };
    const result = yield* pairing(after, asked);
    return {
      whatIf: compareOutcomes(before, { snapshot: after, pairing: result }, geography),
      result,
      inputs: this.#inputsOf(after),
      exposure: exposureIn(after, result.pairs, geography),
    };
  }

  /** The snapshot that a refresh under other settings would give, with no other change. */
  *#under({ weights, call }: Settings): Generator<Progress, Snapshot, void> {
    const before = this.#snapshot;
    if (weights) checkWeights(weights);
    const model = modelAfter(before.model, call ?? before.model.call, weights ?? before.model.weights);
    const key = JSON.stringify([model.weights, model.call]);
    if (this.#tried?.before === before && this.#tried.key === key) return this.#tried.after;
    const after = yield* this.#reader.advance(before, new Map(), model);
    this.#tried = { before, key, after };
    return after;
  }

  /** A best set of consortia as of the last finished refresh: each SME in at most one. See pairs.ts for what is promised. */
  pairs(options: PairingOptions = {}): PairingResult {
    return finish(this.pairing(options));
  }

  /** `pairs` in steps, so that the caller can pause, report, or give up by not going on. Changes nothing. */
  pairing(options: PairingOptions = {}, stop?: () => boolean): Generator<Progress, PairingResult, void> {
    return pairing(this.#snapshot, options, stop);
  }

  /**
   * The SMEs and the pairs that answer a need of the demand side, exactly, as of the last finished refresh. Changes nothing.
   *
   * @throws RangeError where it wants more than 30 terms
   */
  needAnswers(need: Need, asked: AnswersAsked = {}): Generator<Progress, NeedAnswers, void> {
    const { pool, model } = this.#snapshot;
    return answersTo(need, { pool, model, vocabulary: this.#reader.vocabulary }, asked);
  }

  /** How many SMEs offer each of these terms, at all and at the wanted readiness; in the order asked. */
  supply(wanted: readonly WantedTerm[]): Generator<Progress, PartSupply[], void> {
    return supplyOf(wanted, this.#snapshot.pool, this.#taxonomy);
  }

  /**
   * The room of those who are present at an event: input of `planRounds` and `replan`.
   *
   * @param before a room that this index gave earlier: as long as no refresh came between, only newcomers are scored
   * @throws RangeError for an id that was not there in the last finished refresh or comes twice, and for more than 3,000
   */
  *room(present: readonly SmeId[], before: Room | null = null): Generator<Progress, Room, void> {
    const snapshot = this.#snapshot;
    const stands = before !== null && this.#roomsOf.get(before) === snapshot;
    const room = yield* roomOfPresent(snapshot, present, stands ? before : null);
    this.#roomsOf.set(room, snapshot);
    return room;
  }

  /** What the last finished refresh was made from, profiles by id: an index made from the same gives the same answers. */
  inputs(): IndexInputs {
    return this.#inputsOf(this.#snapshot);
  }

  #inputsOf({ pool, model }: Snapshot): IndexInputs {
    return {
      taxonomy: this.#entries,
      call: model.call,
      weights: model.weights,
      listLength: this.#listLength,
      profiles: pool.features.map(({ prepared }) => prepared.profile),
    };
  }

  /** Scores of one SME with each of the others, in their order; NOT_ALLOWED where a rule forbids the pair or one of the two is not there. */
  scores(own: SmeId, others: readonly SmeId[]): Int32Array {
    return scoresWith(this.#snapshot, own, others);
  }

  /** Whether no rule forbids these two to meet; false where one of them is not there. */
  mayMeet(a: SmeId, b: SmeId): boolean {
    const { pool, model } = this.#snapshot;
    const [one, other] = [featuresById(pool, a), featuresById(pool, b)];
    return one !== undefined && other !== undefined && mayPair(one, other, model.call);
  }

  /** Who is seen on the lists and who is in these pairs, by group, as of the last finished refresh. Scores no pair. */
  exposure(pairs: readonly Pair[], geography: Geography): Exposure {
    return exposureIn(this.#snapshot, pairs, geography);
  }

  /** Checks a pairing against the last finished refresh, trusting nothing in it. Empty where it holds. */
  verify(result: PairingResult): Fault[] {
    return verifyPairing(this.#snapshot, result);
  }

  #background(): Background {
    return { model: this.#snapshot.model, vocabulary: this.#reader.vocabulary };
  }

  #features(id: SmeId): Features {
    const features = featuresById(this.#snapshot.pool, id);
    if (!features) throw new RangeError(`No SME with the id '${id}' in the last finished refresh.`);
    return features;
  }
}

function exposureIn(
  { pool, model, lists }: Snapshot,
  pairs: readonly Pair[],
  geography: Geography,
): Exposure {
  const profiles = pool.features.map(({ prepared }) => prepared.profile);
  return exposureOf({ profiles, call: model.call, lists: lists.partners(), pairs, geography });
}
