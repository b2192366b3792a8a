import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { fewAtOnce } from '../few-at-once.ts';

/** Parameters of argon2id. */
export interface PasswordCost {
  memoryKiB: number;
  passes: number;
}

/** OWASP password storage cheat sheet (2026): argon2id with at least 19 MiB and 2 passes, 1 lane. */
export const PASSWORD_COST: PasswordCost = { memoryKiB: 19 * 1024, passes: 2 };

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Compares with a stored hash; null (nobody by that name) takes as long and is never right. */
  matches(password: string, stored: string | null): Promise<boolean>;
  /** True if the stored hash was made with less than today's cost. */
  isWeak(stored: string): boolean;
}

/** How many hashes run at once: each holds 19 MiB and a core. Others wait. */
const AT_ONCE_MAX = 4;

/** Cost of a hash in PHC form (`$argon2id$v=19$m=19456,t=2,p=1$…`); null if it is another kind. */
function costOf(stored: string): PasswordCost | null {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(stored);
  return match === null ? null : { memoryKiB: Number(match[1]), passes: Number(match[2]) };
}

export function createPasswords(cost: PasswordCost = PASSWORD_COST): Passwords {
  const queued = fewAtOnce(AT_ONCE_MAX);
  // argon2id is the package's default kind; a test holds it to that.
  const options = { memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: 1 };
  const hashNow = (password: string) => queued(() => hash(password, options));
  let dummy: Promise<string> | undefined;
  return {
    hash: hashNow,
    async matches(password, stored) {
      dummy ??= hashNow(randomBytes(32).toString('base64url'));
      const compared = stored ?? (await dummy);
      const right = await queued(() => verify(compared, password));
      return right && stored !== null;
    },
    isWeak(stored) {
      const used = costOf(stored);
      return used === null || used.memoryKiB < cost.memoryKiB || used.passes < cost.passes;
    },
  };
}
