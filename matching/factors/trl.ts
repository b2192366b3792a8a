import type { Prepared } from '../prepare.ts';
import { SCALE, type Call, type Instrument } from '../types.ts';
import { HALF, type Fit } from './fit.ts';

/*
 * Factor trl: the two solutions against the instrument's window and each other. The best pair of their solutions in the best
 * instrument counts. In hundredths, from 100: 12 off for each level that the less mature piece has to climb to the target, 25 for each
 * level above the window, 15 for each level of a gap beyond two, 10 where both are equally mature (neither leads), and
 * 15 for each level by which a piece misses what the other side asked for.
 */
const OFF = { climb: 12, above: 25, gap: 15, noLead: 10, unwanted: 15 };
const CLOSABLE_GAP = 2;

/** Levels at which a solution can take part: from the call's entry level to the highest target. */
export function trlWindow({ trlEntryMin, instruments }: Call): { min: number; max: number } {
  const tops = instruments.map(({ trlMax }) => trlMax);
  return { min: trlEntryMin, max: tops.length === 0 ? 9 : Math.max(...tops) };
}

/** Levels of a mask, ascending. */
export const levelsOf = (mask: number): number[] =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((level) => (mask >>> (level - 1)) & 1);

/** Distance of a level from the nearest wanted one; 0 where any will do. */
const missed = (level: number, wanted: number): number =>
  wanted === 0 ? 0 : Math.min(...levelsOf(wanted).map((one) => Math.abs(one - level)));

const pieces = (one: number, other: number, { trlMin, trlMax }: Instrument): number => {
  const lead = Math.max(one, other);
  const gap = lead - Math.min(one, other);
  const climb = Math.max(0, trlMin - Math.min(one, other));
  const beyond = Math.max(0, gap - CLOSABLE_GAP);
  const lost = OFF.climb * climb + OFF.above * Math.max(0, lead - trlMax) + OFF.gap * beyond;
  return 100 - lost - (gap === 0 ? OFF.noLead : 0);
};

/** The two levels and the instrument that fit best, with the value; undefined where a level is not declared. */
export interface TrlFit extends Fit {
  readonly levels?: readonly [number, number];
  readonly instrument?: Instrument;
}

/** Value of a pair; unknown stays unknown and takes the middle. Of equally good levels both sides are told the same ones. */
export function trlValue(a: Prepared, b: Prepared, call: Call): TrlFit {
  if (a.profile.id <= b.profile.id) return bestFit(a, b, call);
  const fit = bestFit(b, a, call);
  return fit.levels ? { ...fit, levels: [fit.levels[1], fit.levels[0]] } : fit;
}

/** Of equally good levels those with the lower one of `a` first. */
function bestFit(a: Prepared, b: Prepared, call: Call): TrlFit {
  const { min, max } = trlWindow(call);
  const inside = (mask: number): number[] => levelsOf(mask).filter((level) => level >= min && level <= max);
  let best: TrlFit = { value: HALF, known: false };
  for (const one of inside(a.levels)) {
    for (const other of inside(b.levels)) {
      const unwanted = OFF.unwanted * (missed(other, a.wantedLevels) + missed(one, b.wantedLevels));
      for (const instrument of call.instruments) {
        const hundredths = Math.max(0, pieces(one, other, instrument) - unwanted);
        const value = (hundredths * SCALE) / 100;
        if (!best.known || value > best.value)
          best = { value, known: true, levels: [one, other], instrument };
      }
    }
  }
  return best;
}

/** Profiles with the same key do the same on `trlValue` with everybody. */
export const trlKey = ({ levels, wantedLevels }: Prepared): string => `${levels}|${wantedLevels}`;
