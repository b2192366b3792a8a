import type { SmeId } from '../../matching/types.ts';

/*
 * The best partners of one SME at an event, as short sorted lists.
 */

export interface EventPartner {
  readonly partner: SmeId;
  /** Integer in millionths. */
  readonly score: number;
}

/** The best partners of one SME at an event, best first, ties by id. */
export interface EventList {
  readonly here: readonly EventPartner[];
  readonly expected: readonly EventPartner[];
}

/** Partners in each part of a list. */
export const LENGTH = 10;

const comesBefore = (one: EventPartner, other: EventPartner): boolean =>
  one.score > other.score || (one.score === other.score && one.partner < other.partner);

/** A list with one more candidate, if it is good enough; the same list otherwise. A score below 0 stands for a pair that may not meet. */
export function takeIn(list: readonly EventPartner[], candidate: EventPartner): readonly EventPartner[] {
  const last = list[LENGTH - 1];
  if (candidate.score < 0 || (last && !comesBefore(candidate, last))) return list;
  const at = list.findIndex((one) => comesBefore(candidate, one));
  return list.toSpliced(at < 0 ? list.length : at, 0, candidate).slice(0, LENGTH);
}

/** The best of these candidates. Most are worse than the last one of a full list, which costs one comparison. */
export function bestOf(candidates: readonly EventPartner[], own: SmeId): readonly EventPartner[] {
  const top: EventPartner[] = [];
  for (const candidate of candidates) {
    const last = top[LENGTH - 1];
    if (candidate.score < 0 || candidate.partner === own || (last && !comesBefore(candidate, last))) continue;
    let at = top.length;
    for (let above = top[at - 1]; above && comesBefore(candidate, above); above = top[at - 1]) at -= 1;
    top.splice(at, 0, candidate);
    if (top.length > LENGTH) top.pop();
  }
  return top;
}

const samePart = (one: readonly EventPartner[], other: readonly EventPartner[]): boolean =>
  one === other ||
  (one.length === other.length &&
    one.every(({ partner, score }, at) => {
      const its = other[at];
      return its?.partner === partner && its.score === score;
    }));

/** Whether both hold the same partners with the same scores. */
export const sameList = (one: EventList, other: EventList): boolean =>
  one === other || (samePart(one.here, other.here) && samePart(one.expected, other.expected));
