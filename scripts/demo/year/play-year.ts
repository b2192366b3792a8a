import { readFile } from 'node:fs/promises';
import type { AuditCheckView } from '../../../server/audit/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { addDemoClusters, importFile, readAll, setUpStaff } from '../cast.ts';
import { createCalendar, startCalendarServer } from './calendar-server.ts';
import { moveCall, prepareCall, putInForce } from './call.ts';
import { holdEvent } from './meeting.ts';
import { stateNeeds } from './needs.ts';
import { People } from './people.ts';
import { expect, type Story } from './story.ts';

export interface YearOptions {
  readonly seed: number;
  readonly participants: number;
  readonly tell: (line: string) => void;
}

/** A year of the programme, from the first expression of interest to the last report, recounted at its end. */
export async function playYear(
  options: YearOptions & { companies: string },
): Promise<Record<string, unknown>> {
  const calendar = createCalendar();
  const server = await startCalendarServer(calendar);
  try {
    const people = new People(server);
    const { tell, seed } = options;
    const story: Story = { server, calendar, people, seed, tell, faults: [] };
    const { visitor: staff, login } = await setUpStaff(server);
    people.add('staff', login);
    const smes = await registerCompanies(story, await readFile(options.companies));
    calendar.goTo(10);
    const shipped = await prepareCall(story);
    calendar.goTo(40);
    await moveCall(story, 'open');
    await putInForce(story, shipped.id);
    const needs = await stateNeeds(story, shipped);
    calendar.goTo(90);
    const event = await holdEvent(story, smes, options.participants);
    calendar.goTo(160);
    await moveCall(story, 'closed');
    void staff;
    const audit = await checkAudit(story);
    return { ...needs, ...event, ...audit, faults: story.faults, ok: story.faults.length === 0 };
  } finally {
    await server.stop();
  }
}

async function registerCompanies({ people }: Story, csv: Buffer): Promise<SmeCard[]> {
  const staff = await people.signIn('staff');
  await addDemoClusters(staff, []);
  await importFile(staff, csv, 'companies.csv');
  return readAll<SmeCard>(staff, '/smes');
}

async function checkAudit(story: Story) {
  const staff = await story.people.signIn('staff');
  const check = await staff.call<AuditCheckView>('POST', '/audit/checks', { body: {} });
  expect(story, check.summary, check.sound, true);
  return { auditEntries: check.entries, auditKinds: check.kinds };
}
