import { ratio, scaled } from '../fixed.ts';
import type { Features } from '../features.ts';
import type { Prepared } from '../prepare.ts';
import { cosine } from '../text/weighing.ts';
import { SCALE, type TermId } from '../types.ts';
import { HALF, type Fit } from './fit.ts';

/*
 * Factor domain: a security-market company with a deep-tech company, in a shared field of application, and no near-copy of
 * each other: near-identical companies are competitors, unless it is known that they have worked together.
 */

/** What stands for 'not declared' where terms are compared: what two declared lists reach in the middle. */
const SHARING_NEUTRAL = SCALE / 4;
/** What is not known counts as much as so many terms: as there are fields of application in the taxonomy. */
const PRIOR_TERMS = 6;
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

/**
 * Jaccard with a prior: short lists say little. Two lists that share their only term are likely to be of one subject, but most companies name
 * one term out of several that would do, so that sharing none is no proof that they have nothing in common.
 */
const sharing = (one: readonly TermId[], other: readonly TermId[]): Fit => {
  if (one.length === 0 || other.length === 0) return { value: SHARING_NEUTRAL, known: false };
  const common = sharedTerms(one, other).length;
  const all = one.length + other.length - common;
  const shared = SCALE * common + SHARING_NEUTRAL * PRIOR_TERMS;
  return { value: Math.floor(shared / (all + PRIOR_TERMS)), known: true };
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

/**
 * How much of an offer is new to the other side: SCALE up to RELATED, 0 for an identical one. Partners of an earlier project share its
 * description and are no competitors, so that a project that both name says more than their likeness.
 *
 * @param shared sum over the words that both offers have
 */
export const freshness = (a: Features, b: Features, shared: number): number =>
  shareProject(a.prepared.projects, b.prepared.projects)
    ? SCALE
    : freshnessOf(cosine(shared, a.answer.squares, b.answer.squares));

/** Whether two lists of numbers have one in common. */
export const shareProject = (one: Int32Array, other: Int32Array): boolean =>
  one.some((project) => other.includes(project));

/** The same from the likeness. */
export const freshnessOf = (like: number): number =>
  like <= RELATED ? SCALE : ratio(SCALE - like, SCALE - RELATED);

/** The whole factor. */
export const domainValue = (base: number, fresh: number): number => scaled(base, fresh);
