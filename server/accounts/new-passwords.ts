import { invalidField } from '../http/errors.ts';
import { weaknessOf, type PasswordContext } from './password-rules.ts';
import type { Passwords } from './passwords.ts';

/** The one way by which a new password comes in: checked first, then hashed. */
export interface NewPasswords {
  /** @throws HttpProblem 400 that names the field and says what is wrong with the password */
  hash(password: string, context: PasswordContext, field: string): Promise<string>;
}

export function createNewPasswords(passwords: Passwords): NewPasswords {
  return {
    async hash(password, context, field) {
      const weakness = weaknessOf(password, context);
      if (weakness !== null) throw invalidField(field, weakness);
      return passwords.hash(password);
    },
  };
}
