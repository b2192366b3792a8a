import { trlValue } from '../factors/trl.ts';
import { byKey, forGroupings, groupOf, GROUPINGS, type Geography, type Grouping } from '../groups.ts';
import type { PairingResult } from '../pairs.ts';
import { featuresById } from '../pool.ts';
import type { Snapshot } from '../refresh.ts';
import { refusals } from '../rules.ts';
import { scorePair } from '../score.ts';
import type { Pair, ReasonCode, SmeId, SuggestionList } from '../types.ts';

/*
 * What another setting of weights or rules would do to the same pool: two snapshots with a set of pairs each, compared.
 * A score means nothing across settings, so each set is summed under both.
 */

/** Lists and pairs under one setting. */
export interface Outcome {
  readonly snapshot: Snapshot;
  readonly pairing: PairingResult;
}

/** A pair that is in the set under one setting only, with its score there. */
export interface ChangedPair extends Pair {
  /** Why the other setting does not allow it at all; empty where it only found a better set. */
  readonly refused: readonly ReasonCode[];
}

/** One set of pairs under one setting. */
export interface SetValue {
  /** Sum of the scores of those pairs that the setting allows. */
  readonly total: number;
  /** Pairs that it does not allow. */
  readonly refused: number;
}

/** What changes for one group of SMEs. */
export interface GroupChange {
  readonly key: string;
  readonly smes: number;
  readonly pairedBefore: number;
  readonly pairedAfter: number;
  /** Places on lists that go to SMEs of this group. */
  readonly suggestedBefore: number;
  readonly suggestedAfter: number;
}

/** Pairs by the instrument that fits the two best. */
export interface InstrumentChange {
  /** Id of the instrument; null where a TRL is not yet declared. */
  readonly instrument: string | null;
  readonly pairsBefore: number;
  readonly pairsAfter: number;
}

/** What another setting would change. Sorted by id or key throughout. */
export interface WhatIf {
  readonly pairs: {
    readonly kept: number;
    /** With their scores under the new setting. */
    readonly gained: readonly ChangedPair[];
    /** With their scores under the standing one. */
    readonly lost: readonly ChangedPair[];
  };
  readonly alone: {
    readonly before: number;
    readonly after: number;
    readonly newly: readonly SmeId[];
    readonly noLonger: readonly SmeId[];
  };
  /** Both sets under both settings: the standing set (`before`) and the new one (`after`). */
  readonly totals: {
    readonly underBefore: { readonly before: SetValue; readonly after: SetValue };
    readonly underAfter: { readonly before: SetValue; readonly after: SetValue };
  };
  readonly lists: { readonly changed: number; readonly entering: number; readonly leaving: number };
  readonly groups: Readonly<Record<Grouping, readonly GroupChange[]>>;
  readonly instruments: readonly InstrumentChange[];
}

const keyOf = ({ a, b }: Pair): string => JSON.stringify([a, b]);

/** Compares two outcomes for the same SMEs. */
export function compareOutcomes(before: Outcome, after: Outcome, geography: Geography): WhatIf {
  const [old, fresh] = [before.pairing.pairs, after.pairing.pairs];
  const [oldKeys, freshKeys] = [new Set(old.map(keyOf)), new Set(fresh.map(keyOf))];
  const gained = fresh.filter((pair) => !oldKeys.has(keyOf(pair)));
  const lost = old.filter((pair) => !freshKeys.has(keyOf(pair)));
  const [wasAlone, isAlone] = [new Set(before.pairing.alone), new Set(after.pairing.alone)];
  return {
    pairs: {
      kept: fresh.length - gained.length,
      gained: changedPairs(gained, before.snapshot),
      lost: changedPairs(lost, after.snapshot),
    },
    alone: {
      before: wasAlone.size,
      after: isAlone.size,
      newly: [...isAlone].filter((id) => !wasAlone.has(id)),
      noLonger: [...wasAlone].filter((id) => !isAlone.has(id)),
    },
    totals: {
      underBefore: { before: valueUnder(before.snapshot, old), after: valueUnder(before.snapshot, fresh) },
      underAfter: { before: valueUnder(after.snapshot, old), after: valueUnder(after.snapshot, fresh) },
    },
    lists: listChanges(before.snapshot, after.snapshot),
    groups: groupChanges(before, after, geography),
    instruments: instrumentChanges(before, after),
  };
}

/** Refusals and score of a pair under a setting. */
function judge({ pool, model }: Snapshot, { a, b }: Pair): { refused: ReasonCode[]; score: number } {
  const [one, other] = [featuresById(pool, a), featuresById(pool, b)];
  if (!one || !other) throw new RangeError(`${a} or ${b} is not in the pool that it is compared in.`);
  const found = refusals(one.prepared.profile, other.prepared.profile, model.call);
  const refused = found.map(({ code }) => code);
  return { refused, score: refused.length > 0 ? 0 : scorePair(one, other, model).score };
}

const changedPairs = (pairs: readonly Pair[], elsewhere: Snapshot): ChangedPair[] =>
  pairs
    .map((pair) => ({ ...pair, refused: judge(elsewhere, pair).refused }))
    .sort((x, y) => (keyOf(x) < keyOf(y) ? -1 : 1));

function valueUnder(snapshot: Snapshot, pairs: readonly Pair[]): SetValue {
  const judged = pairs.map((pair) => judge(snapshot, pair));
  return {
    total: judged.reduce((sum, { score }) => sum + score, 0),
    refused: judged.filter(({ refused }) => refused.length > 0).length,
  };
}

const partnersOf = (list: SuggestionList | undefined): SmeId[] =>
  list?.suggestions.map(({ partner }) => partner) ?? [];

/** A list has changed where somebody enters or leaves it, or the order is another. */
function listChanges(before: Snapshot, after: Snapshot): WhatIf['lists'] {
  let [changed, entering, leaving] = [0, 0, 0];
  for (const [id, list] of after.lists) {
    const [old, fresh] = [partnersOf(before.lists.get(id)), partnersOf(list)];
    const [oldSet, freshSet] = [new Set(old), new Set(fresh)];
    entering += fresh.filter((partner) => !oldSet.has(partner)).length;
    leaving += old.filter((partner) => !freshSet.has(partner)).length;
    if (old.length !== fresh.length || old.some((partner, rank) => fresh[rank] !== partner)) changed += 1;
  }
  return { changed, entering, leaving };
}

/** How often each SME stands on somebody's list. */
function suggestedIn({ lists }: Snapshot): ReadonlyMap<SmeId, number> {
  const counts = new Map<SmeId, number>();
  for (const list of lists.values()) {
    for (const partner of partnersOf(list)) counts.set(partner, (counts.get(partner) ?? 0) + 1);
  }
  return counts;
}

function groupChanges(before: Outcome, after: Outcome, geography: Geography): WhatIf['groups'] {
  const [suggestedBefore, suggestedAfter] = [suggestedIn(before.snapshot), suggestedIn(after.snapshot)];
  const [wasAlone, isAlone] = [new Set(before.pairing.alone), new Set(after.pairing.alone)];
  const rows = forGroupings(() => new Map<string, GroupChange>());
  for (const { prepared } of after.snapshot.pool.features) {
    const { id } = prepared.profile;
    const groups = groupOf(prepared.profile, geography);
    for (const grouping of GROUPINGS) {
      const key = groups[grouping];
      const row = rows[grouping].get(key);
      rows[grouping].set(key, {
        key,
        smes: (row?.smes ?? 0) + 1,
        pairedBefore: (row?.pairedBefore ?? 0) + (wasAlone.has(id) ? 0 : 1),
        pairedAfter: (row?.pairedAfter ?? 0) + (isAlone.has(id) ? 0 : 1),
        suggestedBefore: (row?.suggestedBefore ?? 0) + (suggestedBefore.get(id) ?? 0),
        suggestedAfter: (row?.suggestedAfter ?? 0) + (suggestedAfter.get(id) ?? 0),
      });
    }
  }
  return forGroupings((grouping) => byKey(rows[grouping]).map(([, row]) => row));
}

function instrumentsOf({ snapshot: { pool, model }, pairing }: Outcome): ReadonlyMap<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const { a, b } of pairing.pairs) {
    const [one, other] = [featuresById(pool, a), featuresById(pool, b)];
    const fit = one && other ? trlValue(one.prepared, other.prepared, model.call) : undefined;
    const instrument = fit?.instrument?.id ?? null;
    counts.set(instrument, (counts.get(instrument) ?? 0) + 1);
  }
  return counts;
}

/** In the order in which the call names its instruments, those that only the standing call knows after them, then the unknown. */
function instrumentChanges(before: Outcome, after: Outcome): InstrumentChange[] {
  const [old, fresh] = [instrumentsOf(before), instrumentsOf(after)];
  const known = [after, before].flatMap(({ snapshot }) =>
    snapshot.model.call.instruments.map(({ id }) => id),
  );
  return [...new Set([...known, null])].map((instrument) => ({
    instrument,
    pairsBefore: old.get(instrument) ?? 0,
    pairsAfter: fresh.get(instrument) ?? 0,
  }));
}
