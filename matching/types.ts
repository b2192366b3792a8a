/**
 * The words of the engine, each with one meaning, everywhere.
 *
 * - SME: a small or medium-sized company that looks for a partner.
 * - Profile: what the engine knows of one SME. Only non-confidential parts come in here.
 * - Solution: something that an SME offers, at one technology readiness level (TRL belongs to a solution, not to a company).
 * - Need: something that an SME seeks, in words and in taxonomy terms.
 * - Term (of the taxonomy): one entry of the JRC cybersecurity taxonomy, named by its id.
 * - Call: an open call with its dated rules: eligible countries, instruments with their TRL window, challenges.
 * - Challenge: a need stated by the demand side within a call.
 * - Factor: one of the seven things that make two SMEs complementary; its contribution to the score is a term of the sum.
 * - Suggestion: a partner proposed to an SME, with the score of the pair.
 * - Consortium: exactly two SMEs that go for a call together.
 *
 * All arithmetic that is compared or summed across pairs is done on scaled integers: a value of 1 is written SCALE.
 */

/** Fixed-point unit: the integer that stands for 1. Scores and factor values are integers in [0, SCALE]. */
export const SCALE = 1_000_000;

export type SmeId = string;
/** Id of a term of the JRC cybersecurity taxonomy, such as `network_distributed_systems`. */
export type TermId = string;
/** ISO 3166-1 alpha-2, upper case (GR and GB, never EL and UK). */
export type Country = string;
/** Technology readiness level, 1 to 9 (Horizon 2020 General Annex G). */
export type Trl = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
/** By Recommendation 2003/361/EC, from the SME's own dated declaration. */
export type SizeClass = 'micro' | 'small' | 'medium' | 'not-an-sme' | 'not-yet-declared';
/** A security-market company sells into a field of application; a deep-tech company brings a technology. */
export type MarketRole = 'security-market' | 'deep-tech';

/** The four facets of the taxonomy under the names that users see. */
export interface TaxonomyTerms {
  /** Knowledge-domain terms (facet `knowledge_domain`). */
  readonly capabilities: readonly TermId[];
  /** Facet `technology`. */
  readonly technologies: readonly TermId[];
  /** Fields of application (facet `use_case`). */
  readonly fields: readonly TermId[];
  /** Facet `sector`. */
  readonly sectors: readonly TermId[];
}

export interface Solution extends TaxonomyTerms {
  readonly id: string;
  readonly title: string;
  /** What it is and does, in the SME's own words. */
  readonly offer: string;
  /** null: not yet declared. Unknown stays unknown. */
  readonly trl: Trl | null;
}

export interface Need extends TaxonomyTerms {
  readonly id: string;
  readonly words: string;
  /** Wanted TRL of what the partner brings, both ends included; null: any. */
  readonly trlMin: Trl | null;
  readonly trlMax: Trl | null;
}

/** What the engine knows of one SME. */
export interface Profile {
  readonly id: SmeId;
  readonly name: string;
  readonly country: Country;
  /** Cluster that registered it; null where none did. */
  readonly clusterId: string | null;
  readonly sizeClass: SizeClass;
  readonly marketRole: MarketRole | null;
  /** ISO 639-1 codes, lower case. Empty: not yet declared. */
  readonly languages: readonly string[];
  /** Names the group of linked companies it belongs to (more than 50 %); two SMEs of one group are not independent. */
  readonly group: string | null;
  /** Takes part in matching now (present, not withdrawn). */
  readonly available: boolean;
  readonly solutions: readonly Solution[];
  readonly needs: readonly Need[];
  /** Ids of joint projects of the past, as public registers have them: partners of these are no competitors. [none] */
  readonly projects?: readonly string[] | undefined;
  /** Conflicts of interest: never pair me with these SMEs. */
  readonly conflicts: readonly SmeId[];
  /** Partners this SME answered 'not for me'. */
  readonly declined: readonly SmeId[];
}

export interface Instrument {
  readonly id: string;
  readonly name: string;
  /** Target TRL of the project, both ends included. */
  readonly trlMin: Trl;
  readonly trlMax: Trl;
}

/** The rules of one open call: dated data with a source, never code. */
export interface Call {
  readonly id: string;
  readonly name: string;
  /** Countries whose SMEs may take part. */
  readonly countries: readonly Country[];
  /** 'bonus': two SMEs of one country may be paired, and two of different countries do better. Absent: two countries are a hard rule. */
  readonly crossBorder?: 'bonus' | undefined;
  /** A solution below this TRL cannot reach the target within the project. */
  readonly trlEntryMin: Trl;
  readonly instruments: readonly Instrument[];
  readonly challenges: readonly Need[];
  /** SMEs that are already in a consortium of this call. */
  readonly taken: readonly SmeId[];
}

/** The seven factors, in the order in which they are shown. */
export const FACTORS = ['capability', 'text', 'trl', 'domain', 'challenge', 'reach', 'practical'] as const;
export type Factor = (typeof FACTORS)[number];

/** Weight of each factor: a whole number from 0 to 100; not all zero. Normalised by their sum inside the engine. */
export type Weights = Readonly<Record<Factor, number>>;

/** One term of the JRC taxonomy as the engine needs it. */
export interface TaxonomyEntry {
  readonly id: TermId;
  readonly label: string;
  readonly facet: 'knowledge_domain' | 'technology' | 'sector' | 'use_case';
  readonly broader: TermId | null;
}

/** Why two SMEs may not be paired (or why one may not take part at all). */
export const REASON_CODES = [
  'same-sme',
  'same-country',
  'country-not-eligible',
  'not-an-sme',
  'not-independent',
  'conflict-of-interest',
  'declined',
  'unavailable',
  'already-in-consortium',
  'trl-outside-window',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export interface Refusal {
  readonly code: ReasonCode;
  /** The SMEs that the rule speaks of: one or both. */
  readonly smes: readonly SmeId[];
  /** One plain English sentence for people. */
  readonly sentence: string;
}

/** Contribution of each factor to the score (value x weight), in units of 1/SCALE; they add up to the score exactly. */
export type ScoreTerms = Readonly<Record<Factor, number>>;

export interface Suggestion {
  readonly partner: SmeId;
  /** Integer in [0, SCALE]. */
  readonly score: number;
  readonly terms: ScoreTerms;
}

/** One SME's suggestions, best first, ties broken by partner id. */
export interface SuggestionList {
  readonly sme: SmeId;
  readonly suggestions: readonly Suggestion[];
}

/** What a factor adds to the score of a pair. */
export interface FactorShare {
  readonly factor: Factor;
  /** How well the pair does on this factor, integer in [0, SCALE]. */
  readonly value: number;
  /** Share of this factor in the weights of this pair, integer in [0, SCALE]. */
  readonly weight: number;
  /** Its contribution to the score; the contributions add up to the score exactly. */
  readonly contribution: number;
  /** False where nothing was declared on it, so that it takes its neutral value. */
  readonly known: boolean;
}

export interface FactorExplanation extends FactorShare {
  readonly sentence: string;
  /** The fields that were used, such as `needs.words` of one and `solutions.offer` of the other. */
  readonly evidence: readonly Evidence[];
}

export interface Evidence {
  /** Whose field it is. */
  readonly sme: SmeId;
  /** Path in the profile: `country`, `languages`, `solutions.capabilities`, `needs.words` … */
  readonly field: string;
  /** What of it counted: taxonomy terms' ids, words as they were written, levels, countries. */
  readonly matched: readonly string[];
}

export interface Explanation {
  readonly a: SmeId;
  readonly b: SmeId;
  readonly eligible: boolean;
  readonly refusals: readonly Refusal[];
  /** Zero where not eligible. */
  readonly score: number;
  readonly factors: readonly FactorExplanation[];
  /** The whole in one or two plain sentences. */
  readonly summary: string;
  /** What each side brings to the other, in short phrases. */
  readonly aBrings: readonly string[];
  readonly bBrings: readonly string[];
}

/** What a list shows of a pair that may be proposed: the same as in its explanation, in short. */
export interface Brief {
  readonly a: SmeId;
  readonly b: SmeId;
  readonly score: number;
  readonly factors: readonly FactorShare[];
  readonly summary: string;
  readonly aBrings: readonly string[];
  readonly bBrings: readonly string[];
}

/** Two SMEs proposed as a consortium; a < b by id. */
export interface Pair {
  readonly a: SmeId;
  readonly b: SmeId;
  readonly score: number;
}
