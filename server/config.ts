import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

/** The environment is wrong; `faults` lists everything that is, so that it can be put right in one go. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The settings are not right:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

function wholeNumber(min: number, max: number) {
  const allowed = `must be a whole number from ${String(min)} to ${String(max)}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, allowed)
    .transform(Number)
    .pipe(z.number().min(min, allowed).max(max, allowed));
}

const yesOrNo = z.enum(['true', 'false'], 'must be true or false').transform((word) => word === 'true');

function isSubnet(word: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(word)) return true;
  const [address = '', bits] = word.split('/');
  const family = isIP(address);
  if (family === 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** `true` is not offered: with it anybody could choose their own address, and the rate limits would be worth nothing. */
const trustProxySchema = z.string().transform((value, context): false | number | string[] => {
  if (value === 'off') return false;
  if (/^\d{1,2}$/.test(value)) return Number(value);
  const words = value.split(',').map((word) => word.trim());
  if (words.every(isSubnet)) return words;
  context.addIssue(
    'must be off, a number of proxies, or a list of addresses or subnets such as "loopback,10.0.0.0/8"',
  );
  return z.NEVER;
});

const sessionSecretsSchema = z
  .string()
  .transform((value) => value.split(',').map((secret) => secret.trim()))
  .pipe(z.array(z.string().min(32, 'each secret must have at least 32 characters')).max(5));

function urlOf(protocols: readonly string[]) {
  return z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    message: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });
}

const publicUrlSchema = urlOf(['http:', 'https:'])
  .refine((value) => new URL(value).pathname === '/' && !/[?#]/.test(value), {
    message: 'must be an address without a path, such as https://tandem.example.eu',
  })
  .transform((value) => new URL(value).origin);

/** Every setting of the server: its name in the environment, its shape, its value when unset, and what it is for. */
export const settingsSchema = z.object({
  PORT: wholeNumber(0, 65535).prefault('3000').describe('Port to listen on; 0 takes any free one.'),
  HOST: z.string().prefault('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all interfaces.'),
  PUBLIC_URL: publicUrlSchema
    .optional()
    .describe('Address that people type, as it stands in links and as the only allowed origin.'),
  ALLOW_INSECURE_HTTP: yesOrNo
    .prefault('false')
    .describe(
      'Allows a PUBLIC_URL with http that is not this machine itself. Passwords then travel in the clear.',
    ),
  TRUST_PROXY: trustProxySchema
    .prefault('off')
    .describe('Proxies in front: off, how many there are, or their addresses or subnets.'),
  DATA_DIR: z
    .string()
    .prefault('./data')
    .describe('Folder of the embedded database, of mail and of the secret.'),
  MONGODB_URI: urlOf(['mongodb:', 'mongodb+srv:'])
    .optional()
    .describe('MongoDB to use; unset, an embedded database keeps its data in DATA_DIR.'),
  SESSION_SECRETS: sessionSecretsSchema
    .optional()
    .describe(
      'Secrets that sign the session cookie, with commas; the first signs, all are accepted. Unset, one is made and kept in DATA_DIR.',
    ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .prefault('info')
    .describe('How much is logged.'),
  SMTP_URL: urlOf(['smtp:', 'smtps:'])
    .optional()
    .describe('Mail server; unset, mail is written as .eml files into DATA_DIR/mail.'),
  MAIL_FROM: z
    .string()
    .regex(/^[^\p{Cc}]{3,320}$/u, 'must be an address of one line')
    .prefault('Tandem <tandem@localhost>')
    .describe('Sender of all mail.'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Bearer token for /metrics; unset, /metrics answers this machine only.'),
  CSV_MAX_BYTES: wholeNumber(1_000, 1_000_000_000)
    .prefault('5242880')
    .describe('Largest CSV file that is taken.'),
  CSV_MAX_ROWS: wholeNumber(1, 10_000_000).prefault('20000').describe('Most rows in one CSV file.'),
  MATCHING_HANG_SECONDS: wholeNumber(1, 3_600)
    .prefault('60')
    .describe(
      'A matching engine that has work to do and gives no sign of life for this long is ended and started again.',
    ),
  MATCHING_LIMIT_SECONDS: wholeNumber(0, 100)
    .prefault('30')
    .describe(
      'A search for the best pairs ends after this long with the best set found so far, and says how far it may be from the best; below MATCHING_HANG_SECONDS.',
    ),
  MATCHING_THREADS: wholeNumber(0, 64)
    .prefault('0')
    .describe('Threads that search large pools together; 0: as many as there are cores, four at most.'),
  REQUESTS_PER_MINUTE: wholeNumber(10, 100_000_000)
    .prefault('600')
    .describe('API requests allowed for each account and minute; four times as many for each address.'),
  APPLICATIONS_PER_HOUR: wholeNumber(1, 1_000_000)
    .prefault('20')
    .describe('Public forms (applications of ambassador clusters) that one address may send in an hour.'),
});
export type SettingName = keyof typeof settingsSchema.shape;

/** The settings as the server uses them: read once at start, valid, never changed. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Origin of all links; null: the address on which the server listens. */
  readonly publicUrl: string | null;
  /** True where people come by https: secure cookie, HSTS. */
  readonly https: boolean;
  readonly trustProxy: false | number | readonly string[];
  readonly dataDir: string;
  readonly mongodbUri: string | null;
  /** Null: one is made and kept in the data folder. */
  readonly sessionSecrets: readonly string[] | null;
  readonly logLevel: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly metricsToken: string | null;
  readonly csvMaxBytes: number;
  readonly csvMaxRows: number;
  readonly matchingHangSeconds: number;
  readonly matchingLimitSeconds: number;
  /** Threads that search large pools together; null: as many as there are cores, four at most. */
  readonly matchingThreads: number | null;
  readonly requestsPerMinute: number;
  /** Public forms that one address may send in an hour. */
  readonly applicationsPerHour: number;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

type Settings = z.output<typeof settingsSchema>;

/** What cannot be seen in one setting alone. */
function faultsBetween(settings: Settings): string[] {
  const faults: string[] = [];
  const { PUBLIC_URL: publicUrl } = settings;
  if (publicUrl === undefined) {
    if (!isLoopback(settings.HOST)) {
      faults.push(`PUBLIC_URL: must be set, because HOST (${settings.HOST}) lets other machines in`);
    }
    return faults;
  }
  const url = new URL(publicUrl);
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && !settings.ALLOW_INSECURE_HTTP) {
    faults.push(
      'PUBLIC_URL: must start with https://, or passwords would travel in the clear; ALLOW_INSECURE_HTTP=true allows it',
    );
  }
  if (url.protocol === 'https:' && settings.TRUST_PROXY === false) {
    faults.push(
      'TRUST_PROXY: must name the proxy that ends https for PUBLIC_URL, for instance "loopback" or 1',
    );
  }
  return faults;
}

/** The value of a setting, or of the file that `<NAME>_FILE` names (Docker secrets). Empty is unset. */
function valueOf(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): { value?: string; fault?: string } {
  const direct = environment[name];
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === '')
    return direct === undefined || direct === '' ? {} : { value: direct };
  if (direct !== undefined && direct !== '') return { fault: `${name}: is set twice, also as ${name}_FILE` };
  try {
    return { value: readFileSync(file, 'utf8').trim() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { fault: `${name}_FILE: cannot be read (${reason})` };
  }
}

function toConfig(settings: Settings): Config {
  return {
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: settings.PUBLIC_URL ?? null,
    https: settings.PUBLIC_URL?.startsWith('https:') ?? false,
    trustProxy: settings.TRUST_PROXY,
    dataDir: resolve(settings.DATA_DIR),
    mongodbUri: settings.MONGODB_URI ?? null,
    sessionSecrets: settings.SESSION_SECRETS ?? null,
    logLevel: settings.LOG_LEVEL,
    smtpUrl: settings.SMTP_URL ?? null,
    mailFrom: settings.MAIL_FROM,
    metricsToken: settings.METRICS_TOKEN ?? null,
    csvMaxBytes: settings.CSV_MAX_BYTES,
    csvMaxRows: settings.CSV_MAX_ROWS,
    matchingHangSeconds: settings.MATCHING_HANG_SECONDS,
    matchingLimitSeconds: settings.MATCHING_LIMIT_SECONDS,
    matchingThreads: settings.MATCHING_THREADS === 0 ? null : settings.MATCHING_THREADS,
    requestsPerMinute: settings.REQUESTS_PER_MINUTE,
    applicationsPerHour: settings.APPLICATIONS_PER_HOUR,
  };
}

/**
 * Reads the settings from the environment.
 * @throws ConfigError with every fault at once
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const values: Record<string, string> = {};
  const faults: string[] = [];
  for (const name of Object.keys(settingsSchema.shape)) {
    const { value, fault } = valueOf(environment, name);
    if (value !== undefined) values[name] = value;
    if (fault !== undefined) faults.push(fault);
  }
  const parsed = settingsSchema.safeParse(values);
  if (!parsed.success) {
    faults.push(
      ...parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`),
    );
    throw new ConfigError(faults);
  }
  faults.push(...faultsBetween(parsed.data));
  if (faults.length > 0) throw new ConfigError(faults);
  return toConfig(parsed.data);
}
