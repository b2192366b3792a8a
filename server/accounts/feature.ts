import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Audit } from '../audit/audit.ts';
import type { Route } from '../http/route.ts';
import type { Sessions } from '../http/sessions.ts';
import type { Live } from '../live/live.ts';
import type { Post } from '../mail/post.ts';
import type { Directory } from './directory.ts';
import { createInvitationsService, type InvitationsService } from './invitations.ts';
import { linksTo } from './links.ts';
import { createNewPasswords } from './new-passwords.ts';
import { createPasswordService, type PasswordService } from './password-service.ts';
import { createPasswordStore } from './password-store.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { accountRoutes } from './routes.ts';
import { createAccountsService, type AccountsService } from './service.ts';
import { createSetUp, type SetUp } from './set-up.ts';
import { createSignInLimit } from './sign-in-limit.ts';
import { createSignIn, type SignIn } from './sign-in.ts';

/** What becomes of an SME's sign-in, for lists of members. */
export type AccountState = 'none' | 'invited' | 'active' | 'closed';

export interface AccountsFeature {
  readonly service: AccountsService;
  readonly invitations: InvitationsService;
  readonly passwordService: PasswordService;
  readonly setUp: SetUp;
  readonly signIn: SignIn;
  readonly routes: readonly Route[];
  /** Whether somebody signs in for each of these SMEs: an account that is open counts before an invitation, that before a closed one. */
  accountStates(smeIds: readonly string[]): Promise<ReadonlyMap<string, AccountState>>;
  /** The link to make the first staff account, while there is none. */
  setUpLink(): Promise<string | null>;
}

/** All of accounts, put together. */
export function createAccountsFeature(deps: {
  connection: Connection;
  sessions: Sessions;
  directory: Directory;
  live: Pick<Live, 'disconnectAccount' | 'disconnectSession'>;
  post: Post;
  publicUrl: () => string;
  audit: Audit;
  clock: () => Date;
  log: Logger;
  passwords?: Passwords | undefined;
}): AccountsFeature {
  const { connection, clock } = deps;
  const passwords = deps.passwords ?? createPasswords();
  const passwordStore = createPasswordStore(connection, passwords);
  const newPasswords = createNewPasswords(passwords);
  const limit = createSignInLimit(connection, clock);
  const links = linksTo(deps.publicUrl);
  const accounts = createAccountsService(deps);
  const setUp = createSetUp({ connection, accounts, newPasswords, clock });
  const invitations = createInvitationsService({ ...deps, accounts, newPasswords, links });
  const common = { ...deps, accounts, passwords, passwordStore, limit };
  const passwordService = createPasswordService({ ...common, newPasswords, links });
  const signIn = createSignIn(common);

  return {
    service: accounts,
    invitations,
    passwordService,
    setUp,
    signIn,
    routes: accountRoutes({ ...deps, accounts, passwordService, setUp, signIn, invitations }),
    async accountStates(smeIds) {
      const [states, invited] = await Promise.all([
        accounts.statesOf(smeIds),
        invitations.invitedAmong(smeIds),
      ]);
      const stateOf = (smeId: string): AccountState => {
        const state = states.get(smeId);
        if (state === 'active') return 'active';
        return invited.has(smeId) ? 'invited' : (state ?? 'none');
      };
      return new Map(smeIds.map((smeId) => [smeId, stateOf(smeId)]));
    },
    async setUpLink() {
      const token = await setUp.offer();
      return token === null ? null : links.setUp(token);
    },
  };
}
