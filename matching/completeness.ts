import { isPosted } from './prepare.ts';
import { FACTORS, type Factor, type Need, type Profile, type Solution, type Weights } from './types.ts';

/** A field of the profile that the engine reads, and whether anything is in it. */
export interface FieldState {
  /** Path in the profile, as in explanations. */
  readonly field: string;
  readonly filled: boolean;
  /** What filling it does, in one plain sentence. */
  readonly why: string;
}

/** How much of what the engine reads an SME has told. */
export interface Completeness {
  /** 0 to 1: filled fields by all fields. */
  readonly share: number;
  readonly fields: readonly FieldState[];
}

/** The empty field that would help an SME's suggestions most. */
export interface UsefulField {
  readonly field: string;
  /** Factors that filling it opens. */
  readonly factors: readonly Factor[];
  readonly sentence: string;
}

/** One field: when it is filled, which factors it opens and by how much of their weight (in quarters). */
interface Field {
  readonly field: string;
  readonly label: string;
  readonly why: string;
  readonly opens: Partial<Record<Factor, 1 | 2 | 3 | 4>>;
  readonly filled: (profile: Profile) => boolean;
}

const someSolution =
  (test: (solution: Solution) => boolean) =>
  (profile: Profile): boolean =>
    profile.solutions.some(test);

const someNeed =
  (test: (need: Need) => boolean) =>
  (profile: Profile): boolean =>
    profile.needs.some((need) => isPosted(need) && test(need));

const FIELDS: readonly Field[] = [
  {
    field: 'solutions.offer',
    label: 'a description of what you offer',
    why: 'Without words about your offer nobody can find it by what they need.',
    // where terms are missing, words decide the whole of their question, and a part of it where they are few
    opens: { text: 4, capability: 1 },
    filled: someSolution(({ offer }) => offer.trim() !== ''),
  },
  {
    field: 'solutions.capabilities',
    label: 'the capabilities that you offer',
    why: 'Capabilities are compared term by term with what others seek, and with the challenges of the call.',
    opens: { capability: 3, challenge: 3 },
    filled: someSolution((one) => one.capabilities.length + one.technologies.length > 0),
  },
  {
    field: 'solutions.trl',
    label: 'the TRL of your solution',
    why: 'The TRL says whether a pair can reach the target of the call together.',
    opens: { trl: 4 },
    filled: someSolution(({ trl }) => trl !== null),
  },
  {
    field: 'solutions.fields',
    label: 'your fields of application',
    why: 'A shared field of application makes two companies a better pair.',
    opens: { domain: 2, challenge: 1 },
    filled: someSolution(({ fields }) => fields.length > 0),
  },
  {
    field: 'solutions.sectors',
    label: 'the sectors that you work for',
    why: 'A shared sector makes two companies a better pair.',
    opens: { domain: 1 },
    filled: someSolution(({ sectors }) => sectors.length > 0),
  },
  {
    field: 'needs.words',
    label: 'what you look for, in words',
    why: 'Until you post a need, what you work on yourself stands in for it, and that is only a guess.',
    opens: { text: 3, capability: 1 },
    filled: someNeed(({ words }) => words.trim() !== ''),
  },
  {
    field: 'needs.capabilities',
    label: 'the capabilities that you look for',
    why: 'With them, partners are found who offer exactly what you lack.',
    opens: { capability: 2 },
    filled: someNeed((one) => one.capabilities.length + one.technologies.length > 0),
  },
  {
    field: 'marketRole',
    label: 'whether you know the security market or bring deep technology',
    why: 'The two belong together: one sells, the other brings the technology.',
    opens: { domain: 2 },
    filled: ({ marketRole }) => marketRole !== null,
  },
  {
    field: 'languages',
    label: 'your working languages',
    why: 'A shared language makes working together easier.',
    opens: { practical: 3 },
    filled: ({ languages }) => languages.length > 0,
  },
  {
    field: 'sizeClass',
    label: 'the declaration of your size',
    why: 'It never holds back a suggestion, but a consortium can only be formed with it.',
    opens: { practical: 1 },
    filled: ({ sizeClass }) => sizeClass !== 'not-yet-declared',
  },
];

/** Which of the fields that the engine reads are filled. */
export function completeness(profile: Profile): Completeness {
  const fields = FIELDS.map(({ field, why, filled }) => ({ field, why, filled: filled(profile) }));
  return { share: fields.filter(({ filled }) => filled).length / fields.length, fields };
}

/** Weight of the factors that a field opens, each in the part that depends on it. */
const gain = ({ opens }: Field, weights: Weights): number =>
  FACTORS.reduce((sum, factor) => sum + weights[factor] * (opens[factor] ?? 0), 0);

/**
 * The empty field whose filling opens most of the weight, under the weights in force; the earlier of FIELDS among equals; undefined
 * where all are filled or none opens anything. It says where the engine is blind, not what the answer will do to the score.
 */
export function mostUsefulField(profile: Profile, weights: Weights): UsefulField | undefined {
  const open = FIELDS.filter((field) => !field.filled(profile) && gain(field, weights) > 0);
  const [best] = open.toSorted((x, y) => gain(y, weights) - gain(x, weights));
  if (open.length === 0) return undefined;
  return {
    field: best.field,
    factors: FACTORS.filter((factor) => best.opens[factor] !== undefined && weights[factor] > 0),
    sentence: `Adding ${best.label} would help your suggestions most. ${best.why}`,
  };
}
