import type { SmeCard } from '../smes/schema.ts';

/** A list below this length comes with advice. */
export const SHORT = 3;

/**
 * What an SME can do about an empty or short list, in one sentence; null where there is nothing to say.
 */
export function adviceFor(
  sme: SmeCard,
  listLength: number,
  call: { readonly name: string; readonly countries: readonly string[] },
  {
    mayMatch,
    taken,
    computed,
  }: { readonly mayMatch: boolean; readonly taken: boolean; readonly computed: boolean },
): string | null {
  if (taken) {
    return `You are in a consortium of ${call.name}, so nobody else is proposed to you. It is on the page Consortia.`;
  }
  if (!mayMatch) {
    return 'You have taken back your consent to matching, so nobody is proposed to you. Change it on the page My data.';
  }
  if (!sme.available) {
    return 'You are marked as not available, so nobody is proposed to you. Set yourself available in your profile.';
  }
  if (!call.countries.includes(sme.country)) {
    return `SMEs from your country (${sme.country}) cannot take part in ${call.name}, so no partners are proposed.`;
  }
  if (sme.sizeClass === 'not-an-sme') {
    return 'By your declaration your company is not an SME, so no partners are proposed. Check the figures in your profile.';
  }
  if (sme.headline === '') return 'Describe what you offer and what you need: partners are found by that.';
  // Before the first search there is nothing to say of its result.
  if (!computed) return null;
  return listLength === 0
    ? 'Nobody in the pool fits yet. New companies are compared with you as they arrive; more detail in your profile helps.'
    : 'Only a few companies fit so far. More detail in your profile, above all what you need, finds more.';
}
