import type { RoundsAsked } from './asked.ts';
import type { Demand, ShortReason, SmeRounds } from './types.ts';

/** What limits how many meetings an SME can have. */
interface Limits {
  readonly size: number;
  readonly scores: Int32Array;
  /** By position: rounds in which the SME is present. */
  readonly rounds: Int32Array;
  /** By round: meetings that there is room for. */
  readonly seats: readonly number[];
  /** By position. */
  readonly smes: readonly SmeRounds[];
}

/** Compares a plan with 'everybody meets so many', and says what is possible at best and what stands in the way. */
export function demandOf({ needed, tables, present }: RoundsAsked, limits: Limits): Demand {
  const { size, rounds, seats, smes } = limits;
  const partners = rounds.map((_, sme) => partnersOf(limits, sme, present));
  // shared out evenly, there is no more than this for everybody
  const share = size === 0 ? 0 : Math.floor((2 * seats.reduce((sum, count) => sum + count, 0)) / size);
  const most = (sme: number): number => Math.min(rounds[sme], partners[sme]);
  const tight = present.some((here, round) => seats[round] === tables && 2 * tables + 1 < sumOf(here));
  const reasonFor = (sme: number): ShortReason => {
    if (rounds[sme] < needed) return 'too-few-rounds';
    if (partners[sme] < needed) return 'too-few-partners';
    if (share >= needed) return 'not-found';
    return tight ? 'too-few-tables' : 'odd-number';
  };
  const short = smes.flatMap(({ sme, meetings }, position) =>
    meetings < needed ? [{ sme, meetings, atMost: most(position), reason: reasonFor(position) }] : [],
  );
  const least = (values: readonly number[]): number => (values.length === 0 ? 0 : Math.min(...values));
  return {
    needed,
    reached: least(smes.map(({ meetings }) => meetings)),
    atMost: Math.min(share, least(smes.map((_, position) => most(position)))),
    short,
  };
}

const sumOf = (marks: Uint8Array): number => marks.reduce((sum, mark) => sum + mark, 0);

/** With how many an SME may meet and is present in one round at least. */
function partnersOf({ size, scores }: Limits, sme: number, present: readonly Uint8Array[]): number {
  let count = 0;
  for (let other = 0; other < size; other += 1) {
    if (scores[sme * size + other] < 0) continue;
    if (present.some((here) => here[sme] === 1 && here[other] === 1)) count += 1;
  }
  return count;
}
