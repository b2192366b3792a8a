import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { conflict, HttpProblem } from '../http/errors.ts';

/** Nobody fills in the form in less; a program does. */
export const FILL_MIN_MS = 4_000;
/** A form that was open for longer is fetched anew. */
export const FORM_VALID_MS = 24 * 3_600_000;

/** Proof of when a form was opened, which only this server can make: no record is kept of forms that are never sent. */
export interface FormTokens {
  issue(): string;
  /**
   * The id of the form, the same each time it is sent: a form makes one application, however often the button is pressed.
   * @throws HttpProblem 409 unknown or too old, 429 sent too soon
   */
  check(token: string): string;
}

function tooSoon(waitMs: number): HttpProblem {
  const seconds = Math.ceil(waitMs / 1000);
  return new HttpProblem({
    status: 429,
    code: 'sent-too-soon',
    detail: `The form was sent right after it was opened. Look it over once more, and send it again in ${String(seconds)} ${seconds === 1 ? 'second' : 'seconds'}.`,
    headers: { 'Retry-After': String(seconds) },
  });
}

const formOver = () =>
  conflict(
    'form-over',
    'This form was open for too long. Load the page again; what you wrote is kept by it.',
  );

export function createFormTokens(deps: { secrets: readonly string[]; clock: () => Date }): FormTokens {
  const [current = ''] = deps.secrets;
  const sign = (secret: string, text: string): Buffer =>
    createHmac('sha256', secret).update(`ambassador-form ${text}`).digest();

  return {
    issue() {
      const text = `${randomBytes(16).toString('hex')}.${deps.clock().getTime().toString(36)}`;
      return `${text}.${sign(current, text).toString('base64url')}`;
    },
    check(token) {
      const [id = '', time = '', mac = ''] = token.split('.');
      const given = Buffer.from(mac, 'base64url');
      // A form signed with the secret before the last rotation is good too.
      const known = deps.secrets.some((secret) => {
        const right = sign(secret, `${id}.${time}`);
        return right.length === given.length && timingSafeEqual(right, given);
      });
      const age = deps.clock().getTime() - parseInt(time, 36);
      if (!known || age > FORM_VALID_MS) throw formOver();
      if (age < FILL_MIN_MS) throw tooSoon(FILL_MIN_MS - age);
      return id;
    },
  };
}
