/** The password that guards a TCP port, where there are no Unix sockets: SASL PLAIN, on the loopback address only. */
import { timingSafeEqual } from 'node:crypto';
import { Binary } from 'bson';
import { encode, own } from './bson.ts';
import { fail } from './errors.ts';
import type { Request } from './wire.ts';

export const loginUser = 'tandem';

/** Refuses commands of a client that has not logged in. */
export function refuseStranger({ name }: Request): void {
  if (!['hello', 'ismaster', 'ping', 'endSessions'].includes(name))
    fail(13, `command ${name} requires authentication`);
}

/** Answers `saslStart`. Throws 18 for a wrong user or password. */
export function login({ body }: Request, password: string): Uint8Array {
  const payload = own(body, 'payload');
  const given = payload instanceof Binary ? Buffer.from(payload.value()) : Buffer.alloc(0);
  const wanted = Buffer.from(`\0${loginUser}\0${password}`);
  if (own(body, 'mechanism') !== 'PLAIN' || given.length !== wanted.length || !timingSafeEqual(given, wanted))
    fail(18, 'Authentication failed.');
  return encode({ conversationId: 1, done: true, payload: new Binary(Buffer.alloc(0)), ok: 1 });
}
