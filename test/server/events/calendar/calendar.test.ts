import { expect } from 'chai';
import { startTestApp, type SignedIn, type TestApp } from '../../../support/app.ts';
import { companies, StaffDesk, type Company } from '../../../support/event.ts';

/** Properties of each entry of a calendar file, by name; long lines are unfolded (RFC 5545, 3.1). */
function entriesOf(text: string): Record<string, string>[] {
  const lines = text.replaceAll('\r\n ', '').split('\r\n');
  const entries: Record<string, string>[] = [];
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') entries.push({});
    const [name = '', ...rest] = line.split(':');
    const entry = entries.at(-1);
    if (entry) entry[name.split(';')[0] ?? ''] = rest.join(':');
  }
  return entries;
}

describe('calendars of an event', () => {
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];
  const at = (index: number): Company => people[index] as Company; // made in before()

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    staff = await app.signInAs('staff');
    people = await companies(app, staff, 4);
  });
  after(() => app.stop());

  /** The feed as a calendar program reads it: without a session. */
  async function feed(desk: StaffDesk, who: Company): Promise<Record<string, string>[]> {
    const { calendarUrl } = await desk.mine(who);
    const reply = await app.agent().get(new URL(calendarUrl).pathname).expect(200);
    expect(reply.headers['content-type']).to.equal('text/calendar; charset=utf-8');
    return entriesOf(reply.text);
  }

  it('keep one entry for a meeting that moves twice, with a growing SEQUENCE', async () => {
    const desk = await StaffDesk.open(app, staff);
    await desk.agree(at(0), at(1), 1);
    const [before] = await feed(desk, at(0));
    expect(before?.['STATUS']).to.equal('CONFIRMED');
    const { rounds } = await desk.mine(at(0));
    const meetingId = rounds[0]?.meeting?.id ?? '';
    for (const round of [2, 3]) {
      await at(0).agent.post(`${desk.path}/meetings/${meetingId}/reschedule`).send({ round }).expect(200);
    }
    const after = await feed(desk, at(0));
    expect(after).to.have.length(1);
    expect(after[0]?.['UID']).to.equal(before?.['UID']);
    expect(Number(after[0]?.['SEQUENCE'])).to.be.greaterThan(Number(before?.['SEQUENCE']));
    expect(after[0]?.['DTSTART']).not.to.equal(before?.['DTSTART']);
  });

  it('say of a cancelled event that its meetings are off', async () => {
    const desk = await StaffDesk.open(app, staff);
    await desk.agree(at(0), at(1), 1);
    await staff.agent.post(`${desk.path}/actions`).send({ action: 'cancel' }).expect(200);
    const [entry] = await feed(desk, at(1));
    expect(entry?.['STATUS']).to.equal('CANCELLED');
    expect(Number(entry?.['SEQUENCE'])).to.be.greaterThan(0);
  });

  it('are open to the secret address alone, and show one SME only what is its own', async () => {
    const desk = await StaffDesk.open(app, staff);
    await desk.agree(at(0), at(1), 1);
    const path = new URL((await desk.mine(at(0))).calendarUrl).pathname;
    const forged = path.replace(at(0).smeId, at(1).smeId);
    await app.agent().get(forged).expect(404);
    await app.agent().get(`${path}x`).expect(404);
    expect(await feed(desk, at(2))).to.deep.equal([]);
  });

  it('give one meeting as a file to its two SMEs', async () => {
    const desk = await StaffDesk.open(app, staff);
    await desk.agree(at(0), at(1), 1);
    const id = (await desk.mine(at(0))).rounds[0]?.meeting?.id ?? '';
    const path = `${desk.path}/meetings/${id}/calendar`;
    const reply = await at(1).agent.get(path).expect(200);
    expect(entriesOf(reply.text)).to.have.length(1);
    await at(2).agent.get(path).expect(404);
  });
});
