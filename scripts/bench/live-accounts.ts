import { Visitor } from '../demo/visitor.ts';

/*
 * The accounts of live-server.ts.
 */

export const STAFF_EMAIL = 'staff@bench.example';

/** The account of the company with this number, from 0. */
export const companyEmail = (number: number): string => `company-${number}@bench.example`;

/** Somebody who signed in. */
export async function signIn(url: string, email: string, password: string): Promise<Visitor> {
  const visitor = new Visitor(url);
  await visitor.call('POST', '/session', { body: { email, password } });
  return visitor;
}
