import { z } from 'zod';
import { readReferenceFile } from '../reference/reference-file.ts';
import { purposeIdSchema } from './schema.ts';

/** What somebody can agree to, in the words that they are asked with. */
const purposeSchema = z.strictObject({
  id: purposeIdSchema,
  /** Whose decision it is: the company's, by any of its accounts, or each person's own. */
  of: z.enum(['sme', 'account']),
  /** What holds before anybody was asked: an SME is registered by its cluster with its agreement, so matching goes on until it objects. */
  untilAsked: z.enum(['yes', 'no']),
  title: z.string(),
  /** Grows with each change of the text; then it is asked again. */
  version: z.number().int().min(1),
  since: z.iso.date(),
  text: z.string(),
  /** What it means to say no. */
  without: z.string(),
});
export type Purpose = z.infer<typeof purposeSchema>;

const fileSchema = z.strictObject({ source: z.string(), purposes: z.array(purposeSchema) });

/** Every purpose of `server/reference/consent-purposes.json`, in the order of asking. */
export function loadPurposes(): readonly Purpose[] {
  return readReferenceFile('consent-purposes.json', fileSchema).purposes;
}
