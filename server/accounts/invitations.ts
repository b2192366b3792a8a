import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Audit } from '../audit/audit.ts';
import { conflict, HttpProblem, invalidField, notAllowed, notFound } from '../http/errors.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Post } from '../mail/post.ts';
import { invitationMail } from '../mail/templates.ts';
import { containing } from '../storage/containing.ts';
import { newId } from '../storage/ids.ts';
import type { Directory } from './directory.ts';
import { linkNotValid, type Links } from './links.ts';
import { invitationModel, type AccountRecord, type InvitationRecord } from './model.ts';
import type { NewPasswords } from './new-passwords.ts';
import type {
  invitationAcceptSchema,
  invitationInputSchema,
  invitationOfferSchema,
  invitationQuerySchema,
  InvitationView,
} from './schema.ts';
import { emailTaken, type AccountsService } from './service.ts';
import { hashToken, newToken } from './tokens.ts';
import type { Viewer } from './viewer.ts';

export const INVITATION_VALID_MS = 14 * 86_400_000;
/** Enough for the largest cluster to invite all its members in a day; too few to use Tandem for bulk mail. */
export const INVITATIONS_PER_DAY = { staff: 1_000, cluster: 300 };
export const LINKS_PER_INVITATION = 10;
const DAY_MS = 86_400_000;

type InvitationInput = z.output<typeof invitationInputSchema>;
type Target = Pick<InvitationRecord, 'clusterId' | 'smeId' | 'memberOf' | 'organisation'>;

export interface InvitationsService {
  list(viewer: Viewer, query: z.output<typeof invitationQuerySchema>): Promise<Page<InvitationView>>;
  /** @throws HttpProblem 400 wrong target, 403 not theirs to invite, 409 e-mail taken or invited already, 429 too many today */
  invite(viewer: Viewer, input: InvitationInput): Promise<InvitationView>;
  /** A new link by mail; the old one is void from then on. */
  resend(viewer: Viewer, invitationId: string): Promise<InvitationView>;
  revoke(viewer: Viewer, invitationId: string): Promise<void>;
  /** What a link offers, for the page that it opens. @throws HttpProblem 410 */
  lookUp(token: string): Promise<z.input<typeof invitationOfferSchema>>;
  /** Makes the account. Of two that use one link at once, one gets it. @throws HttpProblem 410, 409 e-mail taken */
  accept(input: z.output<typeof invitationAcceptSchema>): Promise<AccountRecord>;
  /** Marks open invitations as expired whose time is over; says how many. For the jobs. */
  expireInvitations(now: Date): Promise<number>;
  /** Withdraws the open invitations of an SME or a cluster that is removed. */
  revokeAllOf(whose: { smeId: string } | { clusterId: string }): Promise<void>;
  /** Those of these SMEs that have an open invitation. */
  invitedAmong(smeIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Open in the database is shown as expired from the moment on that it is, also before the job has marked it. */
function stateAt(record: InvitationRecord, now: Date): InvitationRecord['state'] {
  return record.state === 'open' && record.expiresAt <= now ? 'expired' : record.state;
}

function stateFilter(state: InvitationRecord['state'] | undefined, now: Date): QueryFilter<InvitationRecord> {
  if (state === undefined) return {};
  if (state === 'open') return { state, expiresAt: trusted({ $gt: now }) };
  if (state !== 'expired') return { state };
  return { $or: [{ state }, { state: 'open', expiresAt: trusted({ $lte: now }) }] };
}

function toView(record: InvitationRecord, now: Date): InvitationView {
  return {
    id: record._id,
    role: record.role,
    email: record.email,
    organisation: record.organisation,
    clusterId: record.clusterId,
    smeId: record.smeId,
    state: stateAt(record, now),
    invitedBy: record.invitedBy,
    createdAt: record.createdAt.toISOString(),
    expiresAt: record.expiresAt.toISOString(),
  };
}

/** Each role takes exactly its own target, so that nothing is silently ignored. */
function checkTargetFields(input: InvitationInput): void {
  const field = { staff: null, cluster: 'clusterId', sme: 'smeId', demand: 'organisation' }[input.role];
  for (const name of ['clusterId', 'smeId', 'organisation'] as const) {
    if (name === field && input[name] === undefined) {
      throw invalidField(name, `must be given for role ${input.role}`);
    }
    if (name !== field && input[name] !== undefined) {
      throw invalidField(name, `must not be given for role ${input.role}`);
    }
  }
}

function tooManyToday(detail: string): HttpProblem {
  return new HttpProblem({
    status: 429,
    code: 'too-many-invitations',
    detail,
    headers: { 'Retry-After': '3600' },
  });
}

/** Ids begin with the time. */
const byId = (direction: 1 | -1): SortOrder<InvitationRecord> => [
  { field: '_id', direction, kind: 'text', of: (record) => record._id },
];
const ORDERS = { newest: byId(-1), oldest: byId(1) };

export function createInvitationsService(deps: {
  connection: Connection;
  accounts: AccountsService;
  newPasswords: NewPasswords;
  directory: Directory;
  post: Post;
  links: Links;
  audit: Audit;
  clock: () => Date;
  log: Logger;
}): InvitationsService {
  const { accounts, newPasswords, directory, post, links, audit, clock, log } = deps;
  const invitations = invitationModel(deps.connection);

  async function targetOf(viewer: Viewer, input: InvitationInput): Promise<Target> {
    const none: Target = { clusterId: null, smeId: null, memberOf: null, organisation: null };
    if (viewer.role !== 'staff' && input.role !== 'sme')
      throw notAllowed('Clusters invite their own members only.');
    checkTargetFields(input);
    if (input.clusterId !== undefined) {
      const name = (await directory.clusterNames([input.clusterId])).get(input.clusterId);
      if (name === undefined) throw invalidField('clusterId', 'there is no such cluster');
      return { ...none, clusterId: input.clusterId, organisation: name };
    }
    if (input.smeId !== undefined) {
      const sme = (await directory.smes([input.smeId])).get(input.smeId);
      // A cluster learns nothing of other clusters' members here.
      if (sme === undefined || (viewer.role !== 'staff' && sme.clusterId !== viewer.clusterId)) {
        throw invalidField(
          'smeId',
          viewer.role === 'staff' ? 'there is no such SME' : 'is none of your members',
        );
      }
      return { ...none, smeId: input.smeId, memberOf: sme.clusterId, organisation: sme.name };
    }
    return { ...none, organisation: input.organisation ?? null };
  }

  /** Not exact when many are sent in the same instant: it bounds bulk mail, it guards nothing else. */
  async function checkDailyLimit(viewer: Viewer, now: Date): Promise<void> {
    const limit = viewer.role === 'staff' ? INVITATIONS_PER_DAY.staff : INVITATIONS_PER_DAY.cluster;
    const since = trusted({ $gt: new Date(now.getTime() - DAY_MS) });
    const sent = await invitations.countDocuments({ invitedById: viewer.id, sentAt: since });
    if (sent >= limit) throw tooManyToday(`At most ${limit} invitations can be sent within 24 hours.`);
  }

  const mine = (viewer: Viewer): QueryFilter<InvitationRecord> =>
    viewer.role === 'staff' ? {} : { memberOf: viewer.clusterId ?? 'none', role: 'sme' };

  async function findMine(viewer: Viewer, id: string): Promise<InvitationRecord> {
    const found = await invitations.findOne({ ...mine(viewer), _id: id }).lean<InvitationRecord>();
    if (found === null) throw notFound('invitation');
    return found;
  }

  function notOpen(): HttpProblem {
    return conflict('not-open', 'This invitation was accepted or withdrawn already.');
  }

  function sendLink(record: InvitationRecord, token: string): void {
    post.send(invitationMail({ ...record, link: links.invitation(token) }));
  }

  async function findByToken(token: string): Promise<InvitationRecord> {
    const found = await invitations.findOne({ tokenHash: hashToken(token) }).lean<InvitationRecord>();
    if (found === null) throw linkNotValid();
    const claimedOnly = found.state === 'accepted' && (await isUnfinished(found));
    if (!claimedOnly && stateAt(found, clock()) !== 'open') throw linkNotValid();
    return found;
  }

  /** Claimed, but the account was never stored (the server was killed in between): its owner may go on. */
  async function isUnfinished(record: InvitationRecord): Promise<boolean> {
    return record.accountId !== null && (await accounts.find(record.accountId)) === null;
  }

  /** One conditional write decides who has the invitation; the answer is the id of the account to make. */
  async function claim(record: InvitationRecord): Promise<string> {
    if (record.accountId !== null) return record.accountId;
    const accountId = newId();
    const claimed = await invitations.updateOne(
      { _id: record._id, tokenHash: record.tokenHash, state: 'open', expiresAt: trusted({ $gt: clock() }) },
      { state: 'accepted', accountId },
    );
    if (claimed.modifiedCount === 0) throw linkNotValid();
    return accountId;
  }

  /** Writes a decision on an invitation into the audit log; its address stays out of it. */
  async function note(
    viewer: Viewer,
    action: 'invitation.send' | 'invitation.resend' | 'invitation.withdraw',
    before: InvitationRecord | null,
    after: InvitationRecord,
  ): Promise<void> {
    const stateOf = ({ role, clusterId, smeId, state, sentCount }: InvitationRecord) => ({
      role,
      clusterId,
      smeId,
      state,
      sentCount,
    });
    await audit.record({
      actor: viewer,
      action,
      thing: { kind: 'invitation', id: after._id },
      before: before && stateOf(before),
      after: stateOf(after),
    });
  }

  return {
    async list(viewer, { cursor, limit, state, q, sort }) {
      const now = clock();
      const words = q ? { $or: [{ email: containing(q) }, { organisation: containing(q) }] } : {};
      const filter = { $and: [mine(viewer), stateFilter(state, now), words] };
      const page = await findPage(invitations, filter, ORDERS[sort], { cursor, limit });
      return { ...page, items: page.items.map((record) => toView(record, now)) };
    },
    async invite(viewer, input) {
      const now = clock();
      const target = await targetOf(viewer, input);
      if (await accounts.isTaken(input.email)) throw emailTaken();
      const open = { email: input.email, ...stateFilter('open', now) };
      if ((await invitations.exists(open)) !== null) {
        throw conflict(
          'already-invited',
          'There is an open invitation for this e-mail address already: resend that one.',
        );
      }
      await checkDailyLimit(viewer, now);
      const token = newToken();
      const record: InvitationRecord = {
        _id: newId(),
        tokenHash: hashToken(token),
        role: input.role,
        email: input.email,
        ...target,
        state: 'open',
        invitedBy: viewer.name,
        invitedById: viewer.id,
        createdAt: now,
        sentAt: now,
        sentCount: 1,
        expiresAt: new Date(now.getTime() + INVITATION_VALID_MS),
        accountId: null,
      };
      await invitations.create(record);
      await note(viewer, 'invitation.send', null, record);
      sendLink(record, token);
      log.info(
        { event: 'user_invited', invitationId: record._id, role: record.role, by: viewer.id },
        'invited',
      );
      return toView(record, now);
    },
    async resend(viewer, invitationId) {
      const now = clock();
      const found = await findMine(viewer, invitationId);
      if (found.state === 'accepted' || found.state === 'revoked') throw notOpen();
      if (found.sentCount >= LINKS_PER_INVITATION) {
        throw tooManyToday(
          `At most ${LINKS_PER_INVITATION} links can be sent for one invitation: withdraw it, then invite again.`,
        );
      }
      await checkDailyLimit(viewer, now);
      const token = newToken();
      const expiresAt = new Date(now.getTime() + INVITATION_VALID_MS);
      const renewed = await invitations
        .findOneAndUpdate(
          { _id: found._id, state: found.state, tokenHash: found.tokenHash },
          {
            tokenHash: hashToken(token),
            state: 'open',
            sentAt: now,
            sentCount: found.sentCount + 1,
            expiresAt,
          },
          { returnDocument: 'after' },
        )
        .lean<InvitationRecord>();
      if (renewed === null) throw notOpen();
      await note(viewer, 'invitation.resend', found, renewed);
      sendLink(renewed, token);
      return toView(renewed, now);
    },
    async revoke(viewer, invitationId) {
      const found = await findMine(viewer, invitationId);
      const open: QueryFilter<InvitationRecord> = {
        _id: invitationId,
        state: trusted({ $in: ['open', 'expired'] }),
      };
      const revoked = await invitations.updateOne(open, { state: 'revoked' });
      if (revoked.modifiedCount === 0) throw notOpen();
      await note(viewer, 'invitation.withdraw', found, { ...found, state: 'revoked' });
    },
    async lookUp(token) {
      const { role, email, organisation, invitedBy, expiresAt } = await findByToken(token);
      return { role, email, organisation, invitedBy, expiresAt: expiresAt.toISOString() };
    },
    async accept({ token, name, password }) {
      const record = await findByToken(token);
      const { email, role, clusterId, smeId, organisation } = record;
      if (await accounts.isTaken(email)) throw emailTaken();
      const passwordHash = await newPasswords.hash(password, { email, name, organisation }, 'password');
      const _id = await claim(record);
      const kept = role === 'demand' ? organisation : null;
      try {
        return await accounts.create({
          _id,
          email,
          name,
          role,
          clusterId,
          smeId,
          organisation: kept,
          passwordHash,
        });
      } catch (error) {
        // Somebody who went on with the same claim was first.
        if ((await accounts.find(_id)) !== null) throw linkNotValid();
        throw error;
      }
    },
    async expireInvitations(now) {
      const over: QueryFilter<InvitationRecord> = { state: 'open', expiresAt: trusted({ $lte: now }) };
      const { modifiedCount } = await invitations.updateMany(over, { state: 'expired' });
      return modifiedCount;
    },
    async revokeAllOf(whose) {
      const open: QueryFilter<InvitationRecord> = { ...whose, state: trusted({ $in: ['open', 'expired'] }) };
      await invitations.updateMany(open, { state: 'revoked' });
    },
    async invitedAmong(smeIds) {
      const open = { smeId: trusted({ $in: smeIds }), ...stateFilter('open', clock()) };
      const found = await invitations.find(open, { smeId: 1 }).lean<Pick<InvitationRecord, 'smeId'>[]>();
      return new Set(found.flatMap((record) => record.smeId ?? []));
    },
  };
}
