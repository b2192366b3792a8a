import { readFile } from 'node:fs/promises';
import type { AuditCheckView } from '../../../server/audit/schema.ts';
import type { ClusterView } from '../../../server/clusters/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { enrol, importFile, readAll, setUpStaff, type Login } from '../cast.ts';
import { applyAll, decideAll } from './applications.ts';
import { createCalendar, startCalendarServer } from './calendar-server.ts';
import { moveCall, prepareCall, putInForce } from './call.ts';
import { announceCall, askAndAnswer, checkEmbargo, EMBARGO } from './communication.ts';
import { eraseCompany, leaveAsCluster } from './leaving.ts';
import { holdEvent } from './meeting.ts';
import { stateNeeds } from './needs.ts';
import { People } from './people.ts';
import { checkFunnel, recordOutcomes } from './outcomes.ts';
import { collect, handIn, openPeriod, type Manager } from './reports.ts';
import { expect, type Story } from './story.ts';

export interface YearOptions {
  readonly seed: number;
  readonly participants: number;
  /** CSV file of the companies. */
  readonly companies: string;
  readonly tell: (line: string) => void;
  /** 0: any free one. */
  readonly port: number;
  /** Called when the year is over, while its server is still there; the server ends once this is done. */
  readonly afterwards?: (url: string, logins: readonly Login[]) => Promise<void>;
}

/** A year of the programme, from the first expression of interest to the last report, recounted at its end. */
export async function playYear(options: YearOptions): Promise<Record<string, unknown>> {
  const calendar = createCalendar();
  const server = await startCalendarServer(calendar, options.port);
  try {
    const people = new People(server);
    const { tell, seed } = options;
    const story: Story = { server, calendar, people, seed, tell, faults: [] };
    const { login } = await setUpStaff(server);
    people.add('staff', login);
    const summary = await tellStory(story, options);
    await options.afterwards?.(server.url, people.logins());
    return summary;
  } finally {
    await server.stop();
  }
}

async function tellStory(story: Story, options: YearOptions): Promise<Record<string, unknown>> {
  const { calendar } = story;
  const smes = await registerCompanies(story, await readFile(options.companies));
  const managers = await appointManagers(story);
  const readers = { cluster: managers[0]?.name ?? '', sme: await enrolReader(story, smes) };
  const period = await openPeriod(story);
  await applyAll(story);
  calendar.goTo(10);
  const { managers: newcomers, ...applications } = await decideAll(story);
  const shipped = await prepareCall(story);
  await announceCall(story);
  await checkEmbargo(story, { cluster: false, sme: false }, readers);
  calendar.goTo(EMBARGO.early);
  await checkEmbargo(story, { cluster: true, sme: false }, readers);
  calendar.goTo(EMBARGO.over);
  await checkEmbargo(story, { cluster: true, sme: true }, readers);
  await moveCall(story, 'open');
  await putInForce(story, shipped.id);
  const needs = await stateNeeds(story, shipped);
  await askAndAnswer(story, readers.cluster);
  calendar.goTo(90);
  const event = await holdEvent(story, smes, options.participants);
  calendar.goTo(125);
  await handIn(story, period, managers);
  const reports = await collect(story, period, managers);
  calendar.goTo(160);
  await moveCall(story, 'closed');
  const outcomes = await recordOutcomes(story);
  await moveCall(story, 'decided');
  const funnel = await checkFunnel(story, outcomes, readers.cluster);
  calendar.goTo(300);
  const [leaver] = newcomers;
  if (leaver) await leaveAsCluster(story, leaver);
  const erased = await eraseCompany(story, readers.sme);
  const audit = await checkAudit(story);
  return {
    smes: smes.length,
    ...applications,
    ...needs,
    ...event,
    ...outcomes,
    funnel,
    ...reports,
    ...erased,
    ...audit,
    faults: story.faults,
    ok: story.faults.length === 0,
  };
}

async function registerCompanies({ people, tell }: Story, csv: Buffer): Promise<SmeCard[]> {
  const staff = await people.signIn('staff');
  await importFile(staff, csv, 'companies.csv');
  const smes = await readAll<SmeCard>(staff, '/smes');
  tell(`${smes.length} companies are registered`);
  return smes;
}

/** Accounts for the clusters that are there from the start. */
async function appointManagers({ people, server }: Story): Promise<Manager[]> {
  const staff = await people.signIn('staff');
  const clusters = (await readAll<ClusterView>(staff, '/clusters')).slice(0, 4);
  const managers: Manager[] = [];
  for (const [at, { id, name }] of clusters.entries()) {
    const email = `cluster-${at + 1}@year.example`;
    const { login } = await enrol(server, staff, { role: 'cluster', email, clusterId: id }, name);
    people.add(email, login);
    managers.push({ name: email, clusterId: id });
  }
  return managers;
}

/** A company that is there from the start, with an account. */
async function enrolReader({ people, server }: Story, smes: readonly SmeCard[]): Promise<string> {
  const staff = await people.signIn('staff');
  const sme = smes.at(-1);
  if (!sme) throw new RangeError('There is no company.');
  const email = 'reader@year.example';
  const { login } = await enrol(server, staff, { role: 'sme', email, smeId: sme.id }, sme.name.slice(0, 80));
  people.add(email, login);
  return email;
}

async function checkAudit(story: Story): Promise<{ auditEntries: number; auditDifferences: number }> {
  const staff = await story.people.signIn('staff');
  const check = await staff.call<AuditCheckView>('POST', '/audit/checks', { body: {} });
  expect(story, check.summary, check.sound, true);
  return {
    auditEntries: check.entries,
    auditDifferences: check.kinds.reduce((sum, { differences }) => sum + differences, 0),
  };
}
