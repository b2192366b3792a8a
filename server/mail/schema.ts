import { z } from 'zod';

/** Mail that can be turned off, by what it is about. Mail about the account itself (links, closing) always comes. */
export const mailKindSchema = z.enum(['suggestions', 'news', 'questions', 'reports', 'needs']);
export type MailKind = z.infer<typeof mailKindSchema>;

/** Which mail an account gets. */
export const mailChoicesSchema = z.strictObject({
  suggestions: z.boolean(),
  news: z.boolean(),
  questions: z.boolean(),
  reports: z.boolean(),
  needs: z.boolean(),
});
export type MailChoices = z.infer<typeof mailChoicesSchema>;

/** The kind of mail that was turned off. */
export const unsubscribedSchema = z.strictObject({ kind: mailKindSchema });
export type Unsubscribed = z.infer<typeof unsubscribedSchema>;
