import { challengeCover } from './factors/challenge.ts';
import type { ReachTable } from './factors/reach.ts';
import type { Model } from './model.ts';
import type { Prepared } from './prepare.ts';
import { ownRefusals } from './rules.ts';
import type { Store } from './text/store.ts';
import { weighNeed, weighOffer, type TextStatistics, type Weighed } from './text/weighing.ts';
import type { Bag } from './text/vocabulary.ts';
import type { Profile, SmeId } from './types.ts';

/**
 * All that the score of a pair reads of one SME. A score is a plain function of two of these and the model, so an SME whose
 * features are the same as before has the same scores as before with everybody whose features are the same too: that is what
 * makes incremental refreshes exact.
 */
export interface Features {
  readonly prepared: Prepared;
  /** What it seeks and what it offers in words, weighed by the statistics of the pool; the same object where its offer stands in. */
  readonly query: Weighed;
  readonly answer: Weighed;
  /** It may take part in the call at all. */
  readonly mayTakePart: boolean;
  readonly reach: number;
  /** Which terms of the call's challenges it covers. */
  readonly cover: Int32Array;
}

/** What features are read against: pool and call. */
export interface Surroundings {
  readonly statistics: TextStatistics;
  readonly reach: ReachTable;
  readonly model: Model;
  readonly taken: ReadonlySet<SmeId>;
  /** Room for the weights of words. */
  readonly store: Store;
}

/** What is known of the surroundings of an earlier reading. */
export interface Earlier {
  /** Whether the weights of a text may be others now; null where those of none are. */
  readonly reweighs: ((text: Bag) => boolean) | null;
  /** The usual length of an offer is the same, and so are the call's rules but for who is taken. */
  readonly sameLength: boolean;
  readonly sameRules: boolean;
  readonly taken: ReadonlySet<SmeId>;
}

/** Reads one SME against pool and call. */
export function featuresOf(prepared: Prepared, around: Surroundings): Features {
  const { need, offer, profile } = prepared;
  const { statistics, model } = around;
  const answer = weighOffer(offer, statistics, around.store);
  return {
    prepared,
    query: prepared.standsIn ? answer : weighNeed(need, statistics, around.store),
    answer,
    mayTakePart: mayTakePart(profile, around),
    reach: around.reach.of(profile),
    cover: challengeCover(prepared, model.challenges, model.taxonomy),
  };
}

/** The same as `featuresOf`, with whatever still holds of an earlier reading; the earlier one itself where all of it does. */
export function featuresAfter(
  old: Features,
  prepared: Prepared,
  around: Surroundings,
  earlier: Earlier,
): Features {
  const { need, offer, profile } = prepared;
  const { statistics, model } = around;
  const { reweighs, sameLength, sameRules } = earlier;
  const sameStanding =
    sameRules &&
    (earlier.taken === around.taken || earlier.taken.has(profile.id) === around.taken.has(profile.id));
  const reach = around.reach.of(profile);
  const stays = (text: Bag): boolean => reweighs === null || !reweighs(text);
  const sameQuery = old.prepared.need === need && stays(need);
  const sameAnswer = old.prepared.offer === offer && sameLength && stays(offer);
  if (old.prepared === prepared && sameQuery && sameAnswer && sameStanding && old.reach === reach) return old;
  const sameTerms = old.prepared.allTerms === prepared.allTerms && sameRules;
  const answer = sameAnswer ? old.answer : kept(old.answer, weighOffer(offer, statistics, around.store));
  const posted = (): Weighed =>
    sameQuery && !old.prepared.standsIn
      ? old.query
      : kept(old.query, weighNeed(need, statistics, around.store));
  const reading = {
    prepared,
    query: prepared.standsIn ? answer : posted(),
    answer,
    mayTakePart: mayTakePart(profile, around),
    reach,
    cover: sameTerms ? old.cover : challengeCover(prepared, model.challenges, model.taxonomy),
  };
  return sameFeatures(old, reading) ? old : reading;
}

/** The old weights where they come out the same: what has not changed stays the same object. */
const kept = (old: Weighed, now: Weighed): Weighed => (sameWeighed(old, now) ? old : now);

const sameWeighed = (one: Weighed, other: Weighed): boolean =>
  one === other ||
  (one.stems === other.stems && one.length === other.length && equal(one.weights, other.weights));

const mayTakePart = (profile: Profile, { model, taken }: Surroundings): boolean =>
  // the two cheap ones first
  profile.available && !taken.has(profile.id) && ownRefusals(profile, model.call).length === 0;

const equal = (one: Int32Array | Uint8Array, other: Int32Array | Uint8Array): boolean => {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i += 1) if (one[i] !== other[i]) return false;
  return true;
};

/** Whether two readings of one SME score the same with everybody, under the same model. */
export const sameFeatures = (one: Features, other: Features): boolean =>
  one.prepared === other.prepared &&
  one.mayTakePart === other.mayTakePart &&
  one.reach === other.reach &&
  sameWeighed(one.query, other.query) &&
  sameWeighed(one.answer, other.answer) &&
  equal(one.cover, other.cover);

/** Whether it can be told, in terms, what `asker` gets from `other`. A stand-in need counts as known. */
export const termsTell = ({ prepared: asker }: Features, { prepared: other }: Features): boolean =>
  asker.needTerms.length > 0 && other.offerTerms.length > 0;

/** The same in words. */
export const wordsTell = ({ prepared: asker }: Features, { prepared: other }: Features): boolean =>
  asker.need.length > 0 && other.offer.length > 0;
