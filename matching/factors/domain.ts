import { similarity } from 'ml-distance';
import { ratio, scaled } from '../fixed.ts';
import type { Prepared } from '../prepare.ts';
import { likeness, mayBeCopies } from '../text/copies.ts';
import { SCALE, type TermId } from '../types.ts';
import { HALF, type Fit } from './fit.ts';

/*
 * Factor domain: a security-market company with a deep-tech company, in a shared field of application, and no near-copy of
 * each other: near-identical companies are competitors.
 */

/** Two companies of one role can still work together. */
const SAME_ROLE = SCALE / 4;
/** Offers up to this cosine are merely related; above it a pair loses in proportion, down to nothing at identity. */
const RELATED = (SCALE * 4) / 5;

const roles = ({ profile: a }: Prepared, { profile: b }: Prepared): Fit => {
  if (a.marketRole === null || b.marketRole === null) return { value: HALF, known: false };
  return { value: a.marketRole === b.marketRole ? SAME_ROLE : SCALE, known: true };
};

/** Terms that both have. */
export const sharedTerms = (one: readonly TermId[], other: readonly TermId[]): TermId[] =>
  one.filter((term) => other.includes(term));

/** Which of the terms of either side one of them has, as a vector of 0 and 1. */
const vector = (own: readonly TermId[], all: readonly TermId[]): number[] =>
  all.map((term) => (own.includes(term) ? 1 : 0));

/** Half for sharing any, the other half by Tanimoto; nothing where both declare and none is shared. */
const sharing = (one: readonly TermId[], other: readonly TermId[]): Fit => {
  if (one.length === 0 || other.length === 0) return { value: HALF, known: false };
  const all = [...new Set([...one, ...other])];
  const alike = similarity.tanimoto(vector(one, all), vector(other, all), true);
  return { value: alike === 0 ? 0 : HALF + Math.round(HALF * alike), known: true };
};

/** The three parts of the factor, with their weights: half by role, a third by field, a sixth by sector. */
export const DOMAIN_PARTS = {
  role: { weight: 3, key: ({ profile }: Prepared): string => profile.marketRole ?? '', fit: roles },
  field: {
    weight: 2,
    key: ({ fields }: Prepared): string => fields.join(),
    fit: (a: Prepared, b: Prepared): Fit => sharing(a.fields, b.fields),
  },
  sector: {
    weight: 1,
    key: ({ sectors }: Prepared): string => sectors.join(),
    fit: (a: Prepared, b: Prepared): Fit => sharing(a.sectors, b.sectors),
  },
};

/** The whole from the weighted sum of the parts' values. */
export const domainMean = (sum: number): number => Math.floor(sum / 6);

/** Role, field and sector without the look at near-copies. */
export function domainBase(a: Prepared, b: Prepared): Fit {
  const parts = [DOMAIN_PARTS.role, DOMAIN_PARTS.field, DOMAIN_PARTS.sector].map(({ weight, fit }) => ({
    weight,
    ...fit(a, b),
  }));
  const sum = parts.reduce((total, { weight, value }) => total + weight * value, 0);
  return { value: domainMean(sum), known: parts.some(({ known }) => known) };
}

/** How much of an offer is new to the other side: SCALE up to RELATED, 0 for an identical one. */
export function freshness(a: Prepared, b: Prepared): number {
  if (!mayBeCopies(a.fingerprint, b.fingerprint)) return SCALE;
  const like = likeness(a.offer, b.offer);
  return like <= RELATED ? SCALE : ratio(SCALE - like, SCALE - RELATED);
}

/** The whole factor. */
export const domainValue = (base: number, fresh: number): number => scaled(base, fresh);
