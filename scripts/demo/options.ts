import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run demo [-- OPTIONS]

Starts a server on a throw-away data folder, registers 844 real companies, and lets simulated participants arrive, answer
and leave. Prints the address and the logins, and stays up until Ctrl-C.

  --year              play a whole year of the programme instead of one event: expressions of interest, needs, a call, an
                      event, outcomes, reports; it recounts what it did, and stays up at its last day
  --once              end after the scenario; exit code 1 if anything promised did not happen
  --json              print one JSON summary as the last line
  --participants N    how many participants come (default 40; 200 with --once; 40 in a year)
  --seed N            seed of everything that is drawn (default 42)
  --port N            port to listen on (default 3000; with --once any free one)
`;

/** What `npm run demo` is asked to do. */
export interface Options {
  year: boolean;
  once: boolean;
  json: boolean;
  participants: number;
  seed: number;
  port: number;
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`--${name} must be a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}

/** Reads the command line; null where only help was asked for. @throws RangeError, TypeError for what it does not know */
export function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      year: { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      participants: { type: 'string' },
      seed: { type: 'string', default: '42' },
      port: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  return {
    year: values.year,
    once: values.once,
    json: values.json,
    participants: wholeNumber(
      'participants',
      values.participants ?? (values.once && !values.year ? '200' : '40'),
      2,
      200,
    ),
    seed: wholeNumber('seed', values.seed, 0, 2 ** 32 - 1),
    port: wholeNumber('port', values.port ?? (values.once ? '0' : '3000'), 0, 65_535),
  };
}
