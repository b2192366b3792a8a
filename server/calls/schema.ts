import { z } from 'zod';
import { idSchema } from '../http/schema.ts';

/** The open call in force, with its dated rules. */
export const callSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  opens: z.string(),
  closes: z.string(),
  source: z.string(),
  countries: z.array(z.string()),
  trlEntryMin: z.number().int(),
  instruments: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      trlMin: z.number().int(),
      trlMax: z.number().int(),
      grantCeilingEur: z.number(),
    }),
  ),
  challenges: z.array(z.strictObject({ id: z.string(), words: z.string() })),
});
export type CallView = z.infer<typeof callSchema>;
