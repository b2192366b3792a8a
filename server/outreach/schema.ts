import { z } from 'zod';
import { idSchema, instantSchema, textOf } from '../http/schema.ts';

/*
 * The words of the outreach kit:
 * - text: what a cluster sends to its companies about an open call, in one of four lengths.
 * - template: a text with placeholders in braces, such as {closes}, that are filled from the call and the register.
 */
export const outreachKindSchema = z.enum(['short', 'social', 'medium', 'newsletter']);
export type OutreachKind = z.infer<typeof outreachKindSchema>;

/** What may stand in braces in a template. */
export const PLACEHOLDERS = [
  'call',
  'opens',
  'closes',
  'instruments',
  'ceilings',
  'maxGrant',
  'countries',
  'countryCount',
  'challenges',
  'smes',
  'clusters',
  'countriesRepresented',
  'smesCounted',
  'clustersCounted',
  'countriesCounted',
  'link',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

export const templateSchema = z.strictObject({
  kind: outreachKindSchema,
  version: z.number().int(),
  words: z.string(),
  /** null: as it was delivered with Tandem. */
  changedAt: instantSchema.nullable(),
});
export type TemplateView = z.infer<typeof templateSchema>;
export const templatesSchema = z.strictObject({
  items: z.array(templateSchema),
  placeholders: z.array(z.string()),
});
export type TemplatesView = z.infer<typeof templatesSchema>;
export const templateChangeSchema = z.strictObject({
  /** 0: as delivered. */
  version: z.number().int().min(0),
  words: textOf(10_000).min(1, 'must not be empty'),
});

export const kitSchema = z.strictObject({
  call: z.strictObject({ id: idSchema, name: z.string(), opens: z.string(), closes: z.string() }),
  /** Other calls that there is a kit for. */
  calls: z.array(z.strictObject({ id: idSchema, name: z.string() })),
  texts: z.array(z.strictObject({ kind: outreachKindSchema, words: z.string() })),
  figures: z.array(z.strictObject({ name: z.string(), value: z.number().int() })),
});
export type KitView = z.infer<typeof kitSchema>;
export const kitQuerySchema = z.strictObject({ callId: idSchema.optional() });
export const kitFileQuerySchema = z.strictObject({
  callId: idSchema.optional(),
  format: z.enum(['text', 'html', 'csv']).default('text'),
});
