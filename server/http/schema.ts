import { z } from 'zod';

/** RFC 9457 problem details; `errors` names each field that was wrong and what is allowed. */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  /** Stable name of the error, for programs. */
  code: z.string(),
  requestId: z.string().optional(),
  errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** Our own ids: letters, digits, `-` and `_`. Never an object, so that no query operator fits in. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be an id: 1 to 64 letters, digits, "-" or "_"');

/** One-line text: trimmed, no control characters. */
export function lineOf(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(maxLength)
    .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters');
}

/** Text of several lines: trimmed, no control characters but tab and line ends. */
export function textOf(maxLength: number) {
  return z
    .string()
    .trim()
    .max(maxLength)
    .regex(/^[^\p{Cc}]*$|^(?:[^\p{Cc}]|[\t\r\n])*$/u, 'must not hold control characters');
}

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('must be an e-mail address, such as anna@example.eu'));

/** ISO 3166-1 alpha-2; the EU's own EL and UK are accepted and become GR and GB. */
export const countrySchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, 'must be a two-letter country code (ISO 3166-1), such as FR')
  .transform((code) => (code === 'EL' ? 'GR' : code === 'UK' ? 'GB' : code));

/** Query of every list: a page at a time, by cursor. */
export const pageQuery = {
  cursor: z.string().max(1_200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
};

/** Order of a list that is sorted by time alone. */
export const timeSortSchema = z.enum(['newest', 'oldest']);
export type TimeSort = z.infer<typeof timeSortSchema>;

/** Words that somebody typed to find something in a list. */
export const typedWords = z.string().trim().max(100).optional();

/** Query of a list by days: the first and the last one, in UTC. */
export const daysQuery = { from: z.iso.date().optional(), to: z.iso.date().optional() };
export interface Days {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A page of a list; `next` is the cursor of the next page, null at the end. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), next: z.string().nullable(), total: z.number().int() });
}
export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

/** Date and time, ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime();
