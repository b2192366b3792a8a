import { z } from 'zod';
import { reachTable } from '../../matching/factors/reach.ts';
import { featuresOf, type Features } from '../../matching/features.ts';
import { buildModel } from '../../matching/model.ts';
import { prepare } from '../../matching/prepare.ts';
import { scorePair } from '../../matching/score.ts';
import { buildTaxonomy } from '../../matching/taxonomy.ts';
import { Store } from '../../matching/text/store.ts';
import { textStatistics } from '../../matching/text/weighing.ts';
import { Vocabulary } from '../../matching/text/vocabulary.ts';
import { SCALE, type Call, type Profile, type TaxonomyEntry, type Weights } from '../../matching/types.ts';
import { cordisCandidate } from '../../server/imports/candidate.ts';
import type { CordisMapping } from '../../server/imports/cordis.ts';
import type { Ranker } from './baselines.ts';
import type { Company } from './records.ts';
import type { Question } from './questions.ts';

/** What the engine needs beside the companies. */
export interface Reference {
  readonly taxonomy: readonly TaxonomyEntry[];
  /** From words of CORDIS to terms, as in the import. */
  readonly mapping: CordisMapping;
}

const solutionsSchema = z.array(
  z.object({
    title: z.string(),
    offer: z.string(),
    trl: z.null(),
    capabilities: z.array(z.string()),
    technologies: z.array(z.string()),
    fields: z.array(z.string()),
    sectors: z.array(z.string()),
  }),
);

/** What the file has of a company, by the rules of the import; nothing else is declared. */
export function profileOf(company: Company, mapping: CordisMapping): Profile {
  const cells: Readonly<Record<string, string>> = {
    domains: company.domains.join(';'),
    tags: company.tags.join(';'),
    headline: company.headline,
    own_text: company.ownText,
    text: company.text,
  };
  const { profile } = cordisCandidate((column) => cells[column] ?? '', mapping);
  const solutions = solutionsSchema.parse(profile.solutions);
  return {
    ...strangerOf(company.id, company.country),
    name: company.name,
    projects: company.projectIds,
    solutions: solutions.map((solution, i) => ({ id: `${company.id}-s${i + 1}`, ...solution })),
  };
}

/** A company of which nothing but its country is known. */
const strangerOf = (id: string, country: string): Profile => ({
  id,
  name: id,
  country,
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
});

/** Rules that refuse nobody and ask for nothing: the challenges of a later call must not decide about earlier partners. */
const openCall = (companies: readonly Company[]): Call => ({
  id: 'evaluation',
  name: 'Evaluation',
  countries: [...new Set(companies.map(({ country }) => country))],
  trlEntryMin: 1,
  instruments: [],
  challenges: [],
  taken: [],
});

/** The asker as it comes into the pool: with its need posted, in words, where it posts one. */
function askerOf({ asker, country, asked, posted, key }: Question, own: Profile | undefined): Profile {
  const profile = own ?? strangerOf(asker, country);
  if (!posted) return profile;
  const terms = asked.terms ?? { capabilities: [], technologies: [], fields: [], sectors: [] };
  const need = { id: key.join('-'), words: asked.text, trlMin: null, trlMax: null, ...terms };
  return { ...profile, needs: [need] };
}

/** Tandem under some weights: how `npm start` would score each company for the asker of a question. */
export function tandemRankers(
  companies: readonly Company[],
  { taxonomy: entries, mapping }: Reference,
): (weights: Weights) => Ranker {
  const taxonomy = buildTaxonomy(entries);
  const vocabulary = new Vocabulary();
  const call = openCall(companies);
  const pool = companies.map((company) => profileOf(company, mapping));
  const prepared = pool.map((profile) => prepare(profile, taxonomy, vocabulary));
  const statistics = textStatistics(
    prepared.map(({ profile, offer }) => ({ id: profile.id, bag: offer })),
    vocabulary.size,
  );
  const reach = reachTable(pool, []);
  const store = new Store();
  const places = new Map(pool.map(({ id }, i) => [id, i]));
  return (weights) => {
    const model = buildModel(taxonomy, call, weights);
    const read = (one: ReturnType<typeof prepare>): Features =>
      featuresOf(one, { statistics, reach, model, taken: new Set(), store });
    const features = prepared.map(read);
    return (question) => {
      const place = places.get(question.asker);
      const own = place === undefined ? undefined : pool[place];
      const asker = read(prepare(askerOf(question, own), taxonomy, vocabulary));
      return features.map((other) => scorePair(asker, other, model).score / SCALE);
    };
  };
}
