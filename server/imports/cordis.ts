import { z } from 'zod';
import { readReferenceFile } from '../reference/reference-file.ts';
import { FACETS, type Facet } from '../taxonomy/service.ts';

/** Said wherever data from these files is shown. */
export const CORDIS_SOURCE = 'CORDIS, European Union, via Open Security Data Europe';

const entrySchema = z.strictObject({
  word: z.string(),
  facet: z.enum(FACETS),
  terms: z.array(z.string()).min(1),
  reason: z.string(),
});
const fileSchema = z.object({ domains: z.array(entrySchema), tags: z.array(entrySchema) });

export type FacetTerms = Record<Facet, string[]>;
/** Words of a CORDIS file to the terms of the taxonomy that they plainly stand for. */
export type CordisMapping = (domains: readonly string[], tags: readonly string[]) => FacetTerms;

/** Reads the dated mapping file (`server/reference/cordis-mapping.json`, which gives the reason of each entry). */
export function loadCordisMapping(): CordisMapping {
  const file = readReferenceFile('cordis-mapping.json', fileSchema);
  const domainEntries = new Map(file.domains.map((entry) => [entry.word, entry]));
  const tagEntries = new Map(file.tags.map((entry) => [entry.word, entry]));
  return (domains, tags) => {
    const found = [
      ...domains.flatMap((word) => domainEntries.get(word) ?? []),
      ...tags.flatMap((word) => tagEntries.get(word) ?? []),
    ];
    const terms = (facet: Facet): string[] => [
      ...new Set(found.filter((entry) => entry.facet === facet).flatMap((entry) => entry.terms)),
    ];
    return {
      capabilities: terms('capabilities'),
      technologies: terms('technologies'),
      fields: terms('fields'),
      sectors: terms('sectors'),
    };
  };
}
