import { z } from 'zod';
import {
  emailSchema,
  idSchema,
  instantSchema,
  lineOf,
  pageOf,
  pageQuery,
  timeSortSchema,
  typedWords,
} from '../http/schema.ts';

/** staff: the project's own team; cluster: registers members; sme: looks for a partner; demand: states needs. */
export const ROLES = ['staff', 'cluster', 'sme', 'demand'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** Length only, no composition rules (OWASP ASVS 5.0, 6.2). Common and personal words are refused by the service. */
export const newPasswordSchema = z
  .string()
  .min(12, 'must have at least 12 characters')
  .max(256, 'must have at most 256 characters');

export const userSchema = z.strictObject({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  /** The cluster this account manages (role cluster). */
  clusterId: idSchema.nullable(),
  /** The SME this account speaks for (role sme). */
  smeId: idSchema.nullable(),
  /** Name of the cluster, SME or organisation behind the account. */
  organisation: z.string().nullable(),
});
export type UserView = z.infer<typeof userSchema>;

export const sessionSchema = z.strictObject({ user: userSchema.nullable() });
export type SessionView = z.infer<typeof sessionSchema>;

export const signInSchema = z.strictObject({
  email: emailSchema,
  password: z.string().min(1, 'must not be empty').max(256),
});

/** A one-time token as it stands in a link: 32 random bytes, base64url. */
export const tokenSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'must be the token of the link, 43 characters');

export const setUpSchema = z.strictObject({
  token: tokenSchema,
  name: lineOf(120),
  email: emailSchema,
  password: newPasswordSchema,
});

export const invitationInputSchema = z.strictObject({
  role: roleSchema,
  email: emailSchema,
  /** Needed for role cluster. */
  clusterId: idSchema.optional(),
  /** Needed for role sme. */
  smeId: idSchema.optional(),
  /** Needed for role demand: the organisation's name. */
  organisation: lineOf(160).optional(),
});
export const invitationSchema = z.strictObject({
  id: idSchema,
  role: roleSchema,
  email: z.string(),
  organisation: z.string().nullable(),
  clusterId: idSchema.nullable(),
  smeId: idSchema.nullable(),
  state: z.enum(['open', 'accepted', 'revoked', 'expired']),
  invitedBy: z.string(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
});
export type InvitationView = z.infer<typeof invitationSchema>;
export const invitationPageSchema = pageOf(invitationSchema);
export const invitationQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(['open', 'accepted', 'revoked', 'expired']).optional(),
  /** Words of the address or the organisation. */
  q: typedWords,
  sort: timeSortSchema.default('newest'),
});

export const invitationLookUpSchema = z.strictObject({ token: tokenSchema });
export const invitationOfferSchema = z.strictObject({
  role: roleSchema,
  email: z.string(),
  organisation: z.string().nullable(),
  invitedBy: z.string(),
  expiresAt: instantSchema,
});
export const invitationAcceptSchema = z.strictObject({
  token: tokenSchema,
  name: lineOf(120),
  password: newPasswordSchema,
});

export const passwordChangeSchema = z.strictObject({
  currentPassword: z.string().min(1).max(256),
  newPassword: newPasswordSchema,
});
export const passwordResetRequestSchema = z.strictObject({ email: emailSchema });
export const passwordResetSchema = z.strictObject({ token: tokenSchema, password: newPasswordSchema });

export const accountSchema = z.strictObject({
  ...userSchema.shape,
  state: z.enum(['active', 'closed']),
  createdAt: instantSchema,
  lastSignInAt: instantSchema.nullable(),
});
export type AccountView = z.infer<typeof accountSchema>;
export const accountPageSchema = pageOf(accountSchema);
export const accountQuerySchema = z.strictObject({
  ...pageQuery,
  role: roleSchema.optional(),
  state: accountSchema.shape.state.optional(),
  /** Words of the name or the address. */
  q: typedWords,
  sort: timeSortSchema.default('newest'),
});
export type AccountQuery = z.infer<typeof accountQuerySchema>;

export const openSessionSchema = z.strictObject({
  /** A public handle, not the session's own secret id. */
  id: idSchema,
  current: z.boolean(),
  startedAt: instantSchema,
  lastSeenAt: instantSchema,
  userAgent: z.string(),
});
export const openSessionsSchema = z.strictObject({ items: z.array(openSessionSchema) });
