import type { Criteria, Steps } from './criteria.ts';
import type { ApplicationInput, ScorePart } from './schema.ts';

/** What the score needs to know of an application. */
export type ScoredFacts = Pick<
  ApplicationInput,
  'country' | 'region' | 'members' | 'audience' | 'eventsPerYear' | 'involvement'
>;

/** What is covered already, without the applicant. */
export interface Situation {
  /** Countries of the consortium's partners. */
  readonly partnerCountries: ReadonlySet<string>;
  /** Regions of the clusters that are with us, by country; null for a cluster that names none. */
  readonly regions: ReadonlyMap<string, readonly (string | null)[]>;
  countryName(code: string): string;
}

export interface Score {
  readonly points: number;
  readonly max: number;
  readonly parts: readonly ScorePart[];
}

const whole = new Intl.NumberFormat('en-GB');
const many = (count: number, one: string, more: string): string =>
  `${whole.format(count)} ${count === 1 ? one : more}`;

/** Points of the first step that is reached; steps stand highest first. */
const reached = (value: number, steps: Steps): number =>
  steps.find(({ atLeast }) => value >= atLeast)?.points ?? 0;
const most = (steps: Steps): number => Math.max(...steps.map(({ points }) => points));

/** Regions are written by hand: case, accents and spaces do not make two of one. */
const fold = (region: string): string =>
  region
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();

function countryPart(facts: ScoredFacts, situation: Situation, { country }: Criteria): ScorePart {
  const name = situation.countryName(facts.country);
  const represented = situation.partnerCountries.has(facts.country);
  return {
    criterion: 'country',
    points: represented ? 0 : country.notRepresented,
    max: country.notRepresented,
    reason: represented
      ? `A partner of the consortium is based in ${name} already.`
      : `No partner of the consortium is based in ${name}: clusters from such countries come first.`,
  };
}

function coveragePart(facts: ScoredFacts, situation: Situation, { coverage }: Criteria): ScorePart {
  const name = situation.countryName(facts.country);
  const regions = situation.regions.get(facts.country) ?? [];
  const part = (points: number, reason: string): ScorePart => ({
    criterion: 'coverage',
    points,
    max: coverage.newCountry,
    reason,
  });
  if (regions.length === 0) return part(coverage.newCountry, `No cluster covers ${name} yet.`);
  const clusters = many(regions.length, 'cluster', 'clusters');
  if (facts.region === null) return part(0, `${name} has ${clusters}; the application names no region.`);
  const own = fold(facts.region);
  if (regions.some((region) => region !== null && fold(region) === own))
    return part(0, `${facts.region} is covered by a cluster already.`);
  return part(coverage.newRegion, `${name} has ${clusters}, none of them in ${facts.region}.`);
}

function outreachPart(facts: ScoredFacts, { outreach }: Criteria): ScorePart {
  const { members, audience, eventsPerYear } = facts;
  return {
    criterion: 'outreach',
    points:
      reached(members, outreach.members) +
      reached(audience, outreach.audience) +
      reached(eventsPerYear, outreach.eventsPerYear),
    max: most(outreach.members) + most(outreach.audience) + most(outreach.eventsPerYear),
    reason: `It reaches ${many(members, 'member', 'members')} and ${many(audience, 'reader', 'readers')}, and holds ${many(eventsPerYear, 'event', 'events')} a year.`,
  };
}

const INVOLVEMENT: Readonly<Record<ScoredFacts['involvement'], string>> = {
  innosup: 'It has taken part in an INNOSUP project.',
  fstp: 'It has taken part in a European project with financial support to third parties.',
  european: 'It has taken part in European projects, none of them with financial support to third parties.',
  none: 'It names no European project.',
};

function projectsPart({ involvement }: ScoredFacts, { projects }: Criteria): ScorePart {
  return {
    criterion: 'projects',
    points: projects[involvement],
    max: Math.max(...Object.values(projects)),
    reason: INVOLVEMENT[involvement],
  };
}

/**
 * How much a cluster would add, by the published criteria, as the sum of parts with a reason each. A cluster from a country without a
 * partner of the consortium always ranks above one from a country with a partner, as long as the criteria's data keep 'country' above the
 * sum of the others.
 */
export function scoreApplication(facts: ScoredFacts, situation: Situation, criteria: Criteria): Score {
  const parts = [
    countryPart(facts, situation, criteria),
    coveragePart(facts, situation, criteria),
    outreachPart(facts, criteria),
    projectsPart(facts, criteria),
  ];
  return {
    points: parts.reduce((sum, part) => sum + part.points, 0),
    max: parts.reduce((sum, part) => sum + part.max, 0),
    parts,
  };
}
