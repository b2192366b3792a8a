/** The password that guards a TCP port, where there are no Unix sockets: SASL PLAIN, on the loopback address only. */
import { timingSafeEqual } from 'node:crypto';
import { Binary } from 'bson';
import { encode, own } from './bson.ts';
import { CommandError } from './errors.ts';
import type { Request } from './wire.ts';

export const loginUser = 'tandem';

const beforeLogin = ['hello', 'ismaster', 'isMaster', 'ping', 'saslStart', 'endSessions'];

/** Refuses commands of a client that has not logged in. */
export function refuseStranger(request: Request): void {
  if (!beforeLogin.includes(request.name))
    throw new CommandError(13, `command ${request.name} requires authentication`);
}

/** Answers `saslStart`. Throws 18 for a wrong user or password. */
export function login(request: Request, password: string): Uint8Array {
  const payload = own(request.body, 'payload');
  const given = payload instanceof Binary ? Buffer.from(payload.value()) : Buffer.alloc(0);
  const wanted = Buffer.from(`\0${loginUser}\0${password}`);
  const right =
    own(request.body, 'mechanism') === 'PLAIN' &&
    given.length === wanted.length &&
    timingSafeEqual(given, wanted);
  if (!right) throw new CommandError(18, 'Authentication failed.');
  return encode({ conversationId: 1, done: true, payload: new Binary(Buffer.alloc(0)), ok: 1 });
}
