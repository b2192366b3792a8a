import { createReadStream } from 'node:fs';
import type { Profile } from '../../matching/types.ts';
import { loadCordisMapping } from '../../server/imports/cordis.ts';
import { describeIssue, FileRefusal } from '../../server/imports/refusal.ts';
import { readCompanies, type CheckedRow } from '../../server/imports/rows.ts';
import { sizeClassOf } from '../../server/smes/declaration.ts';
import { termsOf } from '../../server/smes/profile.ts';
import type { SmeInput } from '../../server/smes/schema.ts';
import type { TaxonomyService } from '../../server/taxonomy/service.ts';
import { readingProblem } from './inputs.ts';
import { InputProblem } from './problem.ts';

/** A company file as the engine takes it. */
export interface Companies {
  readonly profiles: readonly Profile[];
  /** One line per row that was refused, with the reason. */
  readonly refused: readonly string[];
}

const toProfile = (id: string, input: SmeInput): Profile => ({
  id,
  name: input.name,
  country: input.country,
  clusterId: null,
  sizeClass: sizeClassOf(input.declaration),
  marketRole: input.marketRole,
  languages: input.languages,
  group: input.group,
  available: input.available,
  solutions: input.solutions.map((one, i) => ({
    id: `${id}-s${i + 1}`,
    title: one.title,
    offer: one.offer,
    trl: one.trl,
    ...termsOf(one),
  })),
  needs: input.needs.map((one, i) => ({
    id: `${id}-n${i + 1}`,
    words: one.words,
    trlMin: one.trlMin,
    trlMax: one.trlMax,
    ...termsOf(one),
  })),
  projects: input.projects,
  conflicts: input.conflicts,
  declined: [],
});

async function collect(rows: AsyncIterable<CheckedRow>): Promise<Companies> {
  const profiles: Profile[] = [];
  const refused: string[] = [];
  const lines = new Map<string, number>();
  for await (const { line, input, externalId, issues } of rows) {
    if (input === null) {
      refused.push(issues.map(describeIssue).join(' '));
      continue;
    }
    const id = externalId ?? `line-${line}`;
    const earlier = lines.get(id);
    if (earlier !== undefined) {
      throw new InputProblem(`the id '${id}' is on line ${earlier} and again on line ${line}`);
    }
    lines.set(id, line);
    profiles.push(toProfile(id, input));
  }
  return { profiles, refused };
}

/**
 * Reads a company file of either shape by the rules of the import. A company without an id of its own is called by its line.
 *
 * @throws InputProblem where the file as a whole cannot be taken, or no row of it can
 */
export async function readCompanyFile(file: string, taxonomy: TaxonomyService): Promise<Companies> {
  const today = new Date().toISOString().slice(0, 10);
  try {
    const reference = { taxonomy, cordis: loadCordisMapping(), today };
    const { rows } = await readCompanies(createReadStream(file), reference);
    const companies = await collect(rows);
    if (companies.profiles.length > 0) return companies;
    throw new InputProblem(`'${file}' has no row that can be taken. ${companies.refused[0] ?? ''}`);
  } catch (error) {
    if (error instanceof InputProblem) throw error;
    if (error instanceof FileRefusal) throw new InputProblem(`'${file}': ${error.message}`);
    throw readingProblem(file, error);
  }
}
