import { parseArgs } from 'node:util';
import type { Held } from './soak/held.ts';
import { soak, type SoakResult } from './soak/run.ts';

const USAGE = `Usage: npm run soak -- [--minutes 30] [--guests 200] [--json]

A live event at which companies come and go for so many minutes. What the server holds is told twice a minute, and at the end whether its heap
grows beyond noise, whether all sockets and timers came back, and whether anything failed; then the exit code is 1. --json prints the
result as one JSON object, as the last line.
`;
const EVERY_SECONDS = 30;

/** A whole number above 0, or null. */
function numberOf(text: string): number | null {
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= 10_000 ? value : null;
}

const heldLine = ({ heapMB, residentMB, resources }: Held): string =>
  [
    `heap ${heapMB.toFixed(1)} MB`,
    `process ${residentMB.toFixed(0)} MB`,
    `${String(resources['TCPSocketWrap'] ?? 0)} sockets`,
    `${String(resources['Timeout'] ?? 0)} timers`,
  ].join(', ');

function report({ minutes, tally, before, after, trend, faults }: SoakResult): string {
  const growth =
    trend === null
      ? 'too short to say how the heap grows'
      : `heap ${trend.perHour.toFixed(1)} MB an hour (95 %: ${trend.low.toFixed(1)} to ${trend.high.toFixed(1)})`;
  return [
    `${String(minutes)} minutes: ${String(tally.done)} deeds done, ${String(tally.refused)} refused as they should be; ${growth}.`,
    `before: ${heldLine(before)}`,
    `after:  ${heldLine(after)}`,
    faults.length === 0 ? 'All is well.' : `Not well: ${faults.join('; ')}.`,
  ].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '30' },
      guests: { type: 'string', default: '200' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const [minutes, guests] = [numberOf(values.minutes), numberOf(values.guests)];
  if (minutes === null || guests === null) {
    process.stderr.write(`--minutes and --guests take whole numbers from 1 to 10000.\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const result = await soak({
    minutes,
    guests,
    everySeconds: EVERY_SECONDS,
    onLook: (minute, held, { done, refused }) => {
      process.stderr.write(
        `${minute.toFixed(1).padStart(5)} min  ${heldLine(held)}; ${String(done)} deeds, ${String(refused)} refused\n`,
      );
    },
  });
  process.stdout.write(`${report(result)}\n`);
  if (values.json) process.stdout.write(`${JSON.stringify({ ...result, ok: result.faults.length === 0 })}\n`);
  if (result.faults.length > 0) process.exitCode = 1;
}

await main();
