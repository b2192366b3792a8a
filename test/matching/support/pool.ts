import fc from 'fast-check';
import type { Call, Need, Profile, Solution, TaxonomyEntry, Trl } from '../../../matching/types.ts';

/** A small tree: two domains with two terms each, two technologies, a field and a sector. */
export const TAXONOMY: readonly TaxonomyEntry[] = [
  { id: 'network', label: 'Network security', facet: 'knowledge_domain', broader: null },
  { id: 'intrusion', label: 'Intrusion detection', facet: 'knowledge_domain', broader: 'network' },
  { id: 'firewall', label: 'Firewalls', facet: 'knowledge_domain', broader: 'network' },
  { id: 'identity', label: 'Identity management', facet: 'knowledge_domain', broader: null },
  { id: 'biometrics', label: 'Biometrics', facet: 'knowledge_domain', broader: 'identity' },
  { id: 'ai', label: 'Artificial Intelligence', facet: 'technology', broader: null },
  { id: 'uav', label: 'UAV', facet: 'technology', broader: null },
  { id: 'public-spaces', label: 'Protection of public spaces', facet: 'use_case', broader: null },
  { id: 'disasters', label: 'Disaster resilience', facet: 'use_case', broader: null },
  { id: 'energy', label: 'Energy', facet: 'sector', broader: null },
];

const NONE = { capabilities: [], technologies: [], fields: [], sectors: [] };

/** A solution that says nothing but what is given. */
export const buildSolution = (given: Partial<Solution> = {}): Solution => ({
  id: 's1',
  title: '',
  offer: '',
  trl: null,
  ...NONE,
  ...given,
});

/** A need that says nothing but what is given. */
export const buildNeed = (given: Partial<Need> = {}): Need => ({
  id: 'n1',
  words: '',
  trlMin: null,
  trlMax: null,
  ...NONE,
  ...given,
});

/** An SME that has declared nothing but what is given. */
export const buildProfile = (given: Partial<Profile> & Pick<Profile, 'id'>): Profile => ({
  name: `Company ${given.id}`,
  country: 'FR',
  clusterId: null,
  sizeClass: 'not-yet-declared',
  marketRole: null,
  languages: [],
  group: null,
  available: true,
  solutions: [],
  needs: [],
  conflicts: [],
  declined: [],
  ...given,
});

/** A call that everybody of the generated pools' countries but XX may take part in. */
export const buildCall = (given: Partial<Call> = {}): Call => ({
  id: 'call',
  name: 'Call',
  countries: ['FR', 'IT', 'FI', 'MT'],
  trlEntryMin: 5,
  instruments: [
    { id: 'prototyping', name: 'Prototyping', trlMin: 7, trlMax: 8 },
    { id: 'pilot', name: 'Pilot', trlMin: 8, trlMax: 9 },
  ],
  challenges: [
    buildNeed({
      id: 'c1',
      words: 'Detect intruders',
      capabilities: ['intrusion', 'biometrics'],
      technologies: ['uav'],
    }),
    buildNeed({ id: 'c2', words: 'Foresee disasters', technologies: ['ai'], fields: ['disasters'] }),
  ],
  taken: [],
  ...given,
});

const WORDS = [
  'drone',
  'camera',
  'sensors',
  'network',
  'intrusion',
  'detecting',
  'flood',
  'alarm',
  'encryption',
  'crowd',
];
const words = (max: number) =>
  fc.array(fc.constantFrom(...WORDS), { maxLength: max }).map((list) => list.join(' '));
const subset = (...items: string[]) => fc.subarray(items);
const trl = fc.option(fc.constantFrom<Trl>(3, 5, 6, 7, 8, 9), { nil: null });

const terms = fc.record({
  capabilities: subset('network', 'intrusion', 'firewall', 'biometrics', 'unheard-of'),
  technologies: subset('ai', 'uav'),
  fields: subset('public-spaces', 'disasters'),
  sectors: subset('energy'),
});

const solution = fc
  .record({ title: words(2), offer: words(12), trl, terms })
  .map(({ terms: chosen, ...rest }) => buildSolution({ ...rest, ...chosen }));

const need = fc
  .record({ words: words(6), trlMin: trl, terms })
  .map(({ terms: chosen, ...rest }) => buildNeed({ ...rest, ...chosen }));

/** Ids that sort otherwise than they are numbered. */
export const ID_COUNT = 14;
export const idOf = (number: number): string => `sme-${(number * 5) % ID_COUNT}`;

/** An SME with the given id; everything else is drawn, from few values so that pairs have something in common. */
export const arbitraryProfile = (id: string): fc.Arbitrary<Profile> =>
  fc
    .record({
      country: fc.constantFrom('FR', 'IT', 'FI', 'MT', 'XX'),
      clusterId: fc.constantFrom(null, 'c1', 'c2'),
      sizeClass: fc.constantFrom('micro', 'medium', 'not-an-sme', 'not-yet-declared'),
      marketRole: fc.constantFrom(null, 'security-market', 'deep-tech'),
      languages: subset('en', 'fr'),
      group: fc.constantFrom(null, null, 'g'),
      available: fc.constantFrom(true, true, true, false),
      solutions: fc.array(solution, { maxLength: 2 }),
      needs: fc.array(need, { maxLength: 1 }),
      conflicts: fc.subarray([idOf(1), idOf(2)]),
      declined: fc.subarray([idOf(3)]),
    })
    .map((given) => buildProfile({ id, ...given }));

/** A pool of up to ID_COUNT different SMEs. */
export const arbitraryPool: fc.Arbitrary<Profile[]> = fc
  .subarray(Array.from({ length: ID_COUNT }, (_, number) => number))
  .chain((numbers) => fc.tuple(...numbers.map((number) => arbitraryProfile(idOf(number)))));
