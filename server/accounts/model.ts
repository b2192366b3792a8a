import { Schema, type Connection, type Model } from 'mongoose';
import type { Role } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

export interface AccountRecord {
  _id: string;
  /** Unique: the e-mail address while active, `closed:<id>` afterwards, so that the person can be invited again. */
  loginKey: string;
  email: string;
  name: string;
  role: Role;
  clusterId: string | null;
  smeId: string | null;
  /** Role demand: the organisation as it stood in the invitation. */
  organisation: string | null;
  /** argon2id in PHC form, parameters included. */
  passwordHash: string;
  /** Grows with each change of password; sessions from before are worth nothing. */
  passwordVersion: number;
  state: 'active' | 'closed';
  createdAt: Date;
  lastSignInAt: Date | null;
  closedAt: Date | null;
}

const optional = { type: String, default: null };
const needed = { type: String, required: true };

const accountSchema = new Schema<AccountRecord>(
  {
    _id: needed,
    loginKey: needed,
    email: needed,
    name: needed,
    role: needed,
    clusterId: optional,
    smeId: optional,
    organisation: optional,
    passwordHash: needed,
    passwordVersion: { type: Number, required: true },
    state: needed,
    createdAt: { type: Date, required: true },
    lastSignInAt: { type: Date, default: null },
    closedAt: { type: Date, default: null },
  },
  { collection: 'accounts', versionKey: false },
);
accountSchema.index({ loginKey: 1 }, { unique: true });
accountSchema.index({ smeId: 1 });
accountSchema.index({ clusterId: 1 });
// The list of one role, in its order.
accountSchema.index({ role: 1, _id: 1 });
accountSchema.index({ state: 1, _id: 1 });

export function accountModel(connection: Connection): Model<AccountRecord> {
  return modelOn<AccountRecord>(connection, 'Account', accountSchema);
}

export interface InvitationRecord {
  _id: string;
  /** SHA-256 of the link's token: whoever reads the database cannot use it. */
  tokenHash: string;
  role: Role;
  email: string;
  clusterId: string | null;
  smeId: string | null;
  /** Role sme: the cluster whose member it is; that cluster may see and manage the invitation. */
  memberOf: string | null;
  organisation: string | null;
  state: 'open' | 'accepted' | 'revoked' | 'expired';
  invitedBy: string;
  invitedById: string;
  createdAt: Date;
  /** When the last link was sent, and how many were. */
  sentAt: Date;
  sentCount: number;
  expiresAt: Date;
  /** The account that came of it; its id is chosen when the invitation is claimed. */
  accountId: string | null;
}

const invitationSchema = new Schema<InvitationRecord>(
  {
    _id: needed,
    tokenHash: needed,
    role: needed,
    email: needed,
    clusterId: optional,
    smeId: optional,
    memberOf: optional,
    organisation: optional,
    state: needed,
    invitedBy: needed,
    invitedById: needed,
    createdAt: { type: Date, required: true },
    sentAt: { type: Date, required: true },
    sentCount: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
    accountId: optional,
  },
  { collection: 'invitations', versionKey: false },
);
invitationSchema.index({ tokenHash: 1 }, { unique: true });
invitationSchema.index({ smeId: 1 });
invitationSchema.index({ memberOf: 1 });
invitationSchema.index({ email: 1 });
invitationSchema.index({ invitedById: 1, sentAt: 1 });
invitationSchema.index({ state: 1, expiresAt: 1 });

export function invitationModel(connection: Connection): Model<InvitationRecord> {
  return modelOn<InvitationRecord>(connection, 'Invitation', invitationSchema);
}

/** A one-time link that is not an invitation: the first set-up (`_id` is `set-up`), or a new password. */
export interface OneTimeLinkRecord {
  _id: string;
  tokenHash: string;
  accountId: string | null;
  usedAt: Date | null;
  createdAt: Date;
  expiresAt: Date;
}

const oneTimeLinkSchema = new Schema<OneTimeLinkRecord>(
  {
    _id: needed,
    tokenHash: needed,
    accountId: optional,
    usedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'onetimelinks', versionKey: false },
);
oneTimeLinkSchema.index({ tokenHash: 1 }, { unique: true });
oneTimeLinkSchema.index({ accountId: 1 });
// Kept a day past its end, for the limit on requests; then the database removes it.
oneTimeLinkSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 86_400 });

export function oneTimeLinkModel(connection: Connection): Model<OneTimeLinkRecord> {
  return modelOn<OneTimeLinkRecord>(connection, 'OneTimeLink', oneTimeLinkSchema);
}

/** Failed sign-ins, of one account from one address or from everywhere. */
export interface AttemptRecord {
  _id: string;
  failures: number;
  lastFailureAt: Date | null;
  /** Last success from this address: its owner is known there. */
  succeededAt: Date | null;
  expiresAt: Date;
}

const attemptSchema = new Schema<AttemptRecord>(
  {
    _id: needed,
    failures: { type: Number, required: true },
    lastFailureAt: { type: Date, default: null },
    succeededAt: { type: Date, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'signinattempts', versionKey: false },
);
attemptSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function attemptModel(connection: Connection): Model<AttemptRecord> {
  return modelOn<AttemptRecord>(connection, 'SignInAttempt', attemptSchema);
}

/** One document that names the active staff accounts: 'never without one' is then one conditional write. */
export interface RosterRecord {
  _id: 'staff';
  ids: string[];
}

const rosterSchema = new Schema<RosterRecord>(
  { _id: needed, ids: [String] },
  { collection: 'rosters', versionKey: false },
);

export function rosterModel(connection: Connection): Model<RosterRecord> {
  return modelOn<RosterRecord>(connection, 'Roster', rosterSchema);
}
