import type { Role } from '../../../server/accounts/schema.ts';

/** Kinds of account, in the order of lists. */
export const ROLES: readonly Role[] = ['cluster', 'sme', 'demand', 'staff'];
