import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { TaxonomyEntry } from '../../matching/types.ts';
import { referencePath } from '../reference/reference-file.ts';

/** Where the terms come from; shown wherever they are. */
export const TAXONOMY_SOURCE =
  'JRC European cybersecurity taxonomy, EU Vocabularies, (c) European Union, licence CC BY 4.0';

const rowSchema = z.object({
  id: z.string().min(1),
  label: z.string().min(1),
  facet: z.enum(['knowledge_domain', 'technology', 'sector', 'use_case']),
  broader: z.string(),
  alt_labels: z.string(),
  description: z.string(),
});

/** A term with the words that explain it to people. */
export interface TaxonomyTerm extends TaxonomyEntry {
  readonly description: string;
  /** Other names of the same thing, such as HPC. */
  readonly altLabels: readonly string[];
}

/**
 * Reads the 203 terms of the JRC cybersecurity taxonomy, in the order of the file (by id). Reads the file anew each time: keep the result.
 * Source: Nai Fovino et al., 'A Proposal for a European Cybersecurity Taxonomy', JRC 2019.
 */
export function loadTaxonomy(): readonly TaxonomyTerm[] {
  const text = readFileSync(referencePath('taxonomy/jrc-cybersecurity-taxonomy.csv'), 'utf8');
  return z
    .array(rowSchema)
    .parse(parse(text, { columns: true, bom: true }))
    .map((row) => ({
      id: row.id,
      label: row.label,
      facet: row.facet,
      broader: row.broader === '' ? null : row.broader,
      description: row.description,
      altLabels: row.alt_labels === '' ? [] : row.alt_labels.split(';'),
    }));
}
