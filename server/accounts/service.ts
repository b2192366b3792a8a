import { trusted, type Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Audit } from '../audit/audit.ts';
import { conflict, notFound } from '../http/errors.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Sessions } from '../http/sessions.ts';
import type { Live } from '../live/live.ts';
import type { Post } from '../mail/post.ts';
import { accountClosedMail } from '../mail/templates.ts';
import { batched } from '../storage/batched.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { oneAlong } from '../storage/read-along.ts';
import { containing } from '../storage/containing.ts';
import { accountState } from './audited.ts';
import type { Directory } from './directory.ts';
import { accountModel, rosterModel, type AccountRecord } from './model.ts';
import type { AccountQuery, AccountView, Role, UserView } from './schema.ts';
import type { Viewer } from './viewer.ts';

export interface AccountsService {
  /**
   * Stores a new account, with everything decided before (who may have it, the password's rules).
   * @throws HttpProblem 409 where the e-mail address has an account already
   */
  create(account: NewAccount): Promise<AccountRecord>;
  find(id: string): Promise<AccountRecord | null>;
  /** By id; all that are asked for within one turn of the event loop are read at once. */
  findSome(ids: readonly string[]): Promise<ReadonlyMap<string, AccountRecord>>;
  findActiveByEmail(email: string): Promise<AccountRecord | null>;
  isTaken(email: string): Promise<boolean>;
  exists(): Promise<boolean>;
  userView(id: string): Promise<UserView | null>;
  list(query: AccountQuery): Promise<Page<AccountView>>;
  /** Active accounts of an SME, of a cluster's own staff, or of a role. */
  accountsOf(whose: { smeId: string } | { clusterId: string } | { role: Role }): Promise<string[]>;
  /** Whom to write to at a cluster or an SME: its active accounts. */
  recipientsOf(
    whose: { smeIds: readonly string[] } | { clusterId: string },
  ): Promise<{ email: string; name: string; smeId: string | null }[]>;
  /** What became of the accounts of these SMEs; an SME without any is not in the map. */
  statesOf(smeIds: readonly string[]): Promise<ReadonlyMap<string, AccountRecord['state']>>;
  /**
   * Closes an account: its sessions and sockets end at once, its e-mail address becomes free.
   * @throws HttpProblem 404, or 409 for the last active staff account
   */
  close(id: string, by: Pick<Viewer, 'id' | 'role'>): Promise<void>;
  /** Closes all accounts of an SME or a cluster that is removed. */
  closeAllOf(whose: { smeId: string } | { clusterId: string }): Promise<void>;
  noteSignIn(id: string, at: Date): Promise<void>;
  /** Puts the list of active staff right after a crash between two writes; called once at start. */
  reconcile(): Promise<void>;
}

export type NewAccount = Pick<
  AccountRecord,
  '_id' | 'email' | 'name' | 'role' | 'clusterId' | 'smeId' | 'organisation' | 'passwordHash'
>;

/** Ids begin with the time. */
const byId = (direction: 1 | -1): SortOrder<AccountRecord> => [
  { field: '_id', direction, kind: 'text', of: (account) => account._id },
];
const ORDERS = { newest: byId(-1), oldest: byId(1) };

/** The account as every feature sees it. */
export function toViewer(
  account: Pick<AccountRecord, '_id' | 'name' | 'role' | 'clusterId' | 'smeId'>,
): Viewer {
  const { _id: id, name, role, clusterId, smeId } = account;
  return { id, name, role, clusterId, smeId };
}

export function emailTaken(): Error {
  return conflict(
    'email-taken',
    'There is an account with this e-mail address already. Sign in with it instead.',
  );
}

/** Organisations are looked up where they live, so that a renamed cluster is shown by its new name. */
async function organisationsOf(accounts: readonly AccountRecord[], directory: Directory) {
  const idsOf = (pick: (account: AccountRecord) => string | null) =>
    accounts.flatMap((account) => pick(account) ?? []);
  const [clusters, smes] = await Promise.all([
    directory.clusterNames(idsOf((account) => account.clusterId)),
    directory.smes(idsOf((account) => account.smeId)),
  ]);
  return (account: AccountRecord): string | null =>
    smes.get(account.smeId ?? '')?.name ?? clusters.get(account.clusterId ?? '') ?? account.organisation;
}

function toUserView(account: AccountRecord, organisation: string | null): UserView {
  const { _id: id, email, name, role, clusterId, smeId } = account;
  return { id, email, name, role, clusterId, smeId, organisation };
}

export function createAccountsService(deps: {
  connection: Connection;
  sessions: Sessions;
  directory: Directory;
  live: Pick<Live, 'disconnectAccount'>;
  post: Post;
  audit: Audit;
  clock: () => Date;
  log: Logger;
}): AccountsService {
  const { connection, sessions, directory, live, post, audit, clock, log } = deps;
  const accounts = accountModel(connection);
  const rosters = rosterModel(connection);

  const addToRoster = (ids: readonly string[]) =>
    rosters.updateOne({ _id: 'staff' }, { $addToSet: { ids: { $each: ids } } }, { upsert: true });

  /** One conditional write: of two staff accounts that close each other at once, one stays. */
  async function leaveRoster(id: string): Promise<void> {
    const left = await rosters.updateOne(
      { _id: 'staff', ids: id, 'ids.1': trusted({ $exists: true }) },
      { $pull: { ids: id } },
    );
    if (left.modifiedCount === 0) {
      throw conflict(
        'last-staff-account',
        'This is the last staff account: invite another person first, then close it.',
      );
    }
  }

  async function closeFound(account: AccountRecord, by: Pick<Viewer, 'id' | 'role'> | null): Promise<void> {
    if (account.role === 'staff') await leaveRoster(account._id);
    const closed = await accounts.updateOne(
      { _id: account._id, state: 'active' },
      { state: 'closed', loginKey: `closed:${account._id}`, closedAt: clock() },
    );
    await sessions.endAll(account._id);
    live.disconnectAccount(account._id, 'account-closed');
    if (closed.modifiedCount === 0) return;
    await audit.record({
      actor: by ?? 'system',
      action: 'account.close',
      thing: { kind: 'account', id: account._id },
      before: accountState(account),
      after: accountState({ ...account, state: 'closed' }),
    });
    log.warn({ event: 'user_deleted', accountId: account._id, by: by?.id ?? null }, 'account closed');
    post.send(accountClosedMail(account));
  }

  return {
    async create(account) {
      const record: AccountRecord = {
        ...account,
        loginKey: account.email,
        passwordVersion: 1,
        state: 'active',
        createdAt: clock(),
        lastSignInAt: null,
        closedAt: null,
      };
      try {
        await accounts.create(record);
      } catch (error) {
        if (isDuplicateKey(error)) throw emailTaken();
        throw error;
      }
      if (record.role === 'staff') await addToRoster([record._id]);
      await audit.record({
        actor: { id: record._id, role: record.role },
        action: 'account.open',
        thing: { kind: 'account', id: record._id },
        before: null,
        after: accountState(record),
      });
      log.info({ event: 'user_created', accountId: record._id, role: record.role }, 'account created');
      return record;
    },
    find: (id) => oneAlong<AccountRecord>(accounts, id),
    findSome: batched(async (ids) => {
      const found = await accounts
        .find({ _id: trusted({ $in: [...ids] }) })
        .lean<AccountRecord[]>()
        .exec();
      return new Map(found.map((account) => [account._id, account]));
    }),
    findActiveByEmail: (email) =>
      accounts.findOne({ loginKey: email, state: 'active' }).lean<AccountRecord>(),
    async isTaken(email) {
      return (await accounts.exists({ loginKey: email })) !== null;
    },
    async exists() {
      return (await accounts.exists({})) !== null;
    },
    async userView(id) {
      const account = await accounts.findById(id).lean<AccountRecord>();
      if (account?.state !== 'active') return null;
      return toUserView(account, (await organisationsOf([account], directory))(account));
    },
    async list({ cursor, limit, role, state, q, sort }) {
      const words = q === undefined || q === '' ? null : containing(q);
      const filter = {
        ...(role === undefined ? {} : { role }),
        ...(state === undefined ? {} : { state }),
        ...(words === null ? {} : { $or: [{ name: words }, { email: words }] }),
      };
      const page = await findPage(accounts, filter, ORDERS[sort], { cursor, limit });
      const organisationOf = await organisationsOf(page.items, directory);
      return {
        ...page,
        items: page.items.map((account) => ({
          ...toUserView(account, organisationOf(account)),
          state: account.state,
          createdAt: account.createdAt.toISOString(),
          lastSignInAt: account.lastSignInAt?.toISOString() ?? null,
        })),
      };
    },
    async accountsOf(whose) {
      const found = await accounts.find({ ...whose, state: 'active' }, { _id: 1 }).lean<{ _id: string }[]>();
      return found.map((account) => account._id);
    },
    async recipientsOf(whose) {
      const owner = 'smeIds' in whose ? { smeId: trusted({ $in: [...whose.smeIds] }) } : whose;
      const found = await accounts
        .find({ ...owner, state: 'active' }, { email: 1, name: 1, smeId: 1 })
        .lean<Pick<AccountRecord, 'email' | 'name' | 'smeId'>[]>();
      return found.map(({ email, name, smeId }) => ({ email, name, smeId }));
    },
    async statesOf(smeIds) {
      const found = await accounts
        .find({ smeId: trusted({ $in: smeIds }) }, { smeId: 1, state: 1 })
        .lean<Pick<AccountRecord, 'smeId' | 'state'>[]>();
      const states = new Map<string, AccountRecord['state']>();
      for (const { smeId, state } of found) {
        if (smeId !== null && states.get(smeId) !== 'active') states.set(smeId, state);
      }
      return states;
    },
    async close(id, by) {
      const account = await accounts.findById(id).lean<AccountRecord>();
      if (account?.state !== 'active') throw notFound('account');
      await closeFound(account, by);
    },
    async closeAllOf(whose) {
      const found = await accounts.find({ ...whose, state: 'active' }).lean<AccountRecord[]>();
      for (const account of found) await closeFound(account, null);
    },
    async noteSignIn(id, at) {
      await accounts.updateOne({ _id: id }, { lastSignInAt: at });
    },
    async reconcile() {
      const staff = await accounts.find({ role: 'staff' }, { _id: 1, state: 1 }).lean<AccountRecord[]>();
      const idsIn = (state: AccountRecord['state']) =>
        staff.flatMap((account) => (account.state === state ? account._id : []));
      await addToRoster(idsIn('active'));
      await rosters.updateOne({ _id: 'staff' }, { $pullAll: { ids: idsIn('closed') } });
    },
  };
}
