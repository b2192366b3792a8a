import { SCALE, type Profile, type SizeClass } from '../types.ts';
import type { Prepared } from '../prepare.ts';
import { HALF, type Fit } from './fit.ts';

/*
 * Factor practical: a shared working language (two thirds) and a balance of size (one third). Availability and declared
 * conflicts are hard rules (rules.ts).
 */

const STEPS: Partial<Record<SizeClass, number>> = { micro: 0, small: 1, medium: 2 };
/** Value by how many size classes lie between the two. */
const BALANCE = [SCALE, (SCALE * 3) / 4, SCALE / 4];

/** Languages that both work in. */
export const sharedLanguages = (a: Profile, b: Profile): string[] =>
  a.languages.filter((language) => b.languages.includes(language));

const language = (a: Profile, b: Profile): Fit => {
  if (a.languages.length === 0 || b.languages.length === 0) return { value: HALF, known: false };
  return { value: sharedLanguages(a, b).length > 0 ? SCALE : 0, known: true };
};

const balance = (a: Profile, b: Profile): Fit => {
  const one = STEPS[a.sizeClass];
  const other = STEPS[b.sizeClass];
  if (one === undefined || other === undefined) return { value: HALF, known: false };
  return { value: BALANCE[Math.abs(one - other)], known: true };
};

/** Value of a pair. */
export function practicalValue({ profile: a }: Prepared, { profile: b }: Prepared): Fit {
  const speak = language(a, b);
  const size = balance(a, b);
  return { value: Math.floor((2 * speak.value + size.value) / 3), known: speak.known || size.known };
}

/** Profiles with the same key do the same on `practicalValue` with everybody. */
export const practicalKey = ({ profile }: Prepared): string =>
  `${profile.sizeClass}|${[...profile.languages].sort().join()}`;
