import type { Role } from '../../../server/accounts/schema.ts';
import { TEST_PASSWORD, type Person, type TestApp } from '../../support/app.ts';
import { openVisitor, type Visitor, type VisitorOptions } from './browser.ts';

/** A window in which somebody is signed in. The sign-in goes over HTTP; the form has tests of its own. */
export async function openSignedIn(
  app: TestApp,
  role: Role,
  options: { person?: Person } & Omit<VisitorOptions, 'url'> = {},
): Promise<Visitor & { accountId: string; email: string }> {
  const { person, ...window } = options;
  const account = await app.createAccount(role, person);
  const visitor = await openVisitor({ url: app.url, ...window });
  const answer = await visitor.context.request.post('/api/v1/session', {
    data: { email: account.email, password: TEST_PASSWORD },
    headers: { origin: app.url },
  });
  if (!answer.ok()) throw new Error(`Sign-in failed: ${await answer.text()}`);
  return { ...visitor, ...account };
}
