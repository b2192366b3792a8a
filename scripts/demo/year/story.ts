import type { DemoServer } from '../server-process.ts';
import type { Calendar } from './calendar-server.ts';
import type { People } from './people.ts';

/** What every chapter of the scripted year needs. */
export interface Story {
  readonly server: DemoServer;
  readonly calendar: Calendar;
  readonly people: People;
  readonly seed: number;
  /** For whoever reads along. */
  readonly tell: (line: string) => void;
  /** Everything promised that did not happen. */
  readonly faults: string[];
}

/** Notes a fault where something did not come out as it should. */
export function expect(story: Story, what: string, actual: unknown, wanted: unknown): void {
  if (Object.is(actual, wanted)) return;
  story.faults.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`);
}
