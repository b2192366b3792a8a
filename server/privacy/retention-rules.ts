import { z } from 'zod';
import { readReferenceFile } from '../reference/reference-file.ts';

const ruleSchema = z.strictObject({
  id: z.string(),
  what: z.string(),
  days: z.number().int().min(1),
  /** What the days are counted from, in words. */
  from: z.string(),
  why: z.string(),
  /** Who applies it: the nightly job, the nightly rebuild, the database by itself, or nobody. */
  by: z.enum(['job', 'rebuild', 'database', 'nobody']),
});
export type RetentionRule = z.infer<typeof ruleSchema>;

const fileSchema = z.strictObject({ source: z.string(), since: z.iso.date(), rules: z.array(ruleSchema) });

/** How long what is kept: `server/reference/retention.json`. */
export function loadRetentionRules() {
  return readReferenceFile('retention.json', fileSchema);
}
