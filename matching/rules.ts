import { trlWindow } from './factors/trl.ts';
import type { Call, Country, Profile, ReasonCode, Refusal } from './types.ts';

/*
 * The hard rules. They are never traded against score: a pair that breaks one is not scored at all, and every refusal is a
 * value with a code and a sentence. What is not yet declared never refuses.
 */

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** English name of a country, its code where it has none. */
export const countryName = (country: Country): string =>
  /^[A-Z]{2}$/.test(country) ? (countryNames.of(country) ?? country) : country;

/** A rule about one SME: returns the sentence where it is broken. */
type OwnRule = (sme: Profile, call: Call) => string | undefined;
/** A rule about two SMEs. */
type PairRule = (a: Profile, b: Profile, call: Call) => string | undefined;

const OWN_RULES: Partial<Record<ReasonCode, OwnRule>> = {
  'country-not-eligible': (sme, call) =>
    call.countries.includes(sme.country)
      ? undefined
      : `${sme.name} is based in ${countryName(sme.country)}, which cannot take part in this call.`,
  'not-an-sme': (sme) =>
    sme.sizeClass === 'not-an-sme' ? `${sme.name} is not an SME by its own declaration.` : undefined,
  unavailable: (sme) =>
    sme.available ? undefined : `${sme.name} does not take part in matching at present.`,
  'already-in-consortium': (sme, call) =>
    call.taken.includes(sme.id) ? `${sme.name} is already in a consortium of this call.` : undefined,
  'trl-outside-window': (sme, call) => {
    const { min, max } = trlWindow(call);
    const inside = sme.solutions.some(({ trl }) => trl === null || (trl >= min && trl <= max));
    return sme.solutions.length === 0 || inside
      ? undefined
      : `No solution of ${sme.name} is between TRL ${min} and TRL ${max}, as this call asks.`;
  },
};

const PAIR_RULES: Partial<Record<ReasonCode, PairRule>> = {
  'same-country': (a, b, call) =>
    a.country === b.country && call.crossBorder !== 'bonus'
      ? `Both are based in ${countryName(a.country)}; a consortium needs two countries.`
      : undefined,
  'not-independent': (a, b) =>
    a.group !== null && a.group === b.group ? 'Both belong to the same group of companies.' : undefined,
  'conflict-of-interest': (a, b) =>
    a.conflicts.includes(b.id) || b.conflicts.includes(a.id)
      ? 'A conflict of interest is declared.'
      : undefined,
  declined: (a, b) =>
    a.declined.includes(b.id) || b.declined.includes(a.id) ? "One of the two said 'not for me'." : undefined,
};

/** Entries with their keys' type kept: the tables above are written in full here, so no other key can be in them. */
const entriesOf = <Rule>(rules: Partial<Record<ReasonCode, Rule>>): [ReasonCode, Rule][] =>
  Object.entries(rules) as [ReasonCode, Rule][];
const OWN_ENTRIES = entriesOf(OWN_RULES);
const PAIR_ENTRIES = entriesOf(PAIR_RULES);

/** Why one SME may not take part in a call at all; empty where it may. */
export function ownRefusals(sme: Profile, call: Call): Refusal[] {
  const refusals: Refusal[] = [];
  for (const [code, rule] of OWN_ENTRIES) {
    const sentence = rule(sme, call);
    if (sentence !== undefined) refusals.push({ code, smes: [sme.id], sentence });
  }
  return refusals;
}

/** Why two SMEs may not be paired; empty where they may. The rules about each of them come first. */
export function refusals(a: Profile, b: Profile, call: Call): Refusal[] {
  if (a.id === b.id) {
    return [{ code: 'same-sme', smes: [a.id], sentence: 'An SME cannot be its own partner.' }];
  }
  return [...ownRefusals(a, call), ...ownRefusals(b, call), ...pairRefusals(a, b, call)];
}

/** What was read of an SME before, as far as the rules about two go. */
export interface Standing {
  /** No rule about it alone is broken. */
  readonly mayTakePart: boolean;
  readonly prepared: { readonly profile: Profile };
}

/** Whether `refusals` would be empty, told from what was read of the two before. */
export const mayPair = (one: Standing, other: Standing, call: Call): boolean =>
  one !== other &&
  one.mayTakePart &&
  other.mayTakePart &&
  PAIR_ENTRIES.every(([, rule]) => rule(one.prepared.profile, other.prepared.profile, call) === undefined);

/** The rules about two SMEs alone that stand between them. */
function pairRefusals(a: Profile, b: Profile, call: Call): Refusal[] {
  const found: Refusal[] = [];
  for (const [code, rule] of PAIR_ENTRIES) {
    const sentence = rule(a, b, call);
    if (sentence !== undefined) found.push({ code, smes: [a.id, b.id], sentence });
  }
  return found;
}
