import { expect } from 'chai';
import type { CalendarEntryView } from '../../../server/calendar/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { eventInput } from '../../support/event.ts';

const HOUR = 3_600_000;
const path = '/api/v1/calendar';

describe('the calendar of the programme', () => {
  let app: TestApp;
  let staff: SignedIn;
  let cluster: SignedIn;
  let sme: SignedIn;
  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    cluster = await app.signInAs('cluster', { clusterId: 'censec' });
    const made = await staff.agent
      .post('/api/v1/smes')
      .send({ clusterId: 'lsec', profile: { name: 'Quiet Sonar', country: 'BE' } })
      .expect(201);
    sme = await app.signInAs('sme', { smeId: (made.body as { id: string }).id });
  });
  after(() => app.stop());

  const at = (hours: number): string => new Date(app.clock().getTime() + hours * HOUR).toISOString();
  const entryOf = (fields: Record<string, unknown> = {}) => ({
    kind: 'webinar',
    title: 'How to apply',
    startsAt: at(5),
    endsAt: at(6),
    timeZone: 'Europe/Brussels',
    link: 'https://meet.example.eu/apply',
    target: {},
    ...fields,
  });
  async function add(fields: Record<string, unknown> = {}): Promise<CalendarEntryView> {
    const reply = await staff.agent
      .post(path)
      .send({ entry: entryOf(fields) })
      .expect(201);
    return reply.body as CalendarEntryView;
  }
  async function list(person: SignedIn, query = ''): Promise<CalendarEntryView[]> {
    const reply = await person.agent.get(`${path}?limit=100${query}`).expect(200);
    return (reply.body as { items: CalendarEntryView[] }).items;
  }
  async function addressOf(person: SignedIn): Promise<string> {
    const { url } = (await person.agent.get(`${path}/feed`).expect(200)).body as { url: string };
    return new URL(url).pathname;
  }
  const feed = async (person: SignedIn): Promise<string> =>
    (
      await app
        .agent()
        .get(await addressOf(person))
        .expect(200)
    ).text;

  it('shows each reader what is for them, in order, in the list and in the feed', async () => {
    const target = { roles: ['cluster'] };
    const later = await add({ title: 'For clusters', startsAt: at(9), endsAt: at(10), target });
    await add({ title: 'For all' });
    const titles = (await list(cluster, '&kind=webinar')).map(({ title }) => title);
    expect(titles).to.deep.equal(['For all', 'For clusters']);
    expect((await list(sme)).map(({ id }) => id)).not.to.include(later.id);
    expect(await feed(sme))
      .to.contain('For all')
      .and.not.to.contain('For clusters');
    await sme.agent.get(`${path}/${later.id}/file`).expect(404);
  });

  it('keeps the UID of an entry, lets its SEQUENCE grow, and cancels it in the calendars that follow', async () => {
    const entry = await add({ title: 'Moves' });
    const file = async () => (await cluster.agent.get(`${path}/${entry.id}/file`).expect(200)).text;
    const uid = /UID:programme-\S{20}/.exec(await file())?.[0] ?? 'none';
    expect(await file()).to.match(/SEQUENCE:0/);
    const moved = entryOf({ title: 'Moved', startsAt: at(7), endsAt: at(8) });
    await staff.agent.put(`${path}/${entry.id}`).send({ version: 1, entry: moved }).expect(200);
    expect(await file())
      .to.match(/SEQUENCE:1/)
      .and.to.contain(uid);
    await staff.agent.put(`${path}/${entry.id}`).send({ version: 1, entry: moved }).expect(412);
    const cancel = (reason: string, status: number) =>
      staff.agent.post(`${path}/${entry.id}/cancel`).send({ version: 2, reason }).expect(status);
    await cancel('', 400);
    await cancel('The speaker is ill.', 200);
    const off = await file();
    for (const part of ['METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:2', uid]) expect(off).to.contain(part);
    expect(await feed(cluster)).to.contain(uid);
    await staff.agent.put(`${path}/${entry.id}`).send({ version: 3, entry: moved }).expect(409);
  });

  it('takes matchmaking events from where they are kept, for those who are invited', async () => {
    const make = async (name: string, invited: Record<string, unknown>) => {
      const input = { ...eventInput(new Date(at(24))), name, invited };
      const made = await staff.agent.post('/api/v1/events').send(input).expect(201);
      const { id } = made.body as { id: string };
      await staff.agent.post(`/api/v1/events/${id}/actions`).send({ action: 'publish' }).expect(200);
      return id;
    };
    const all = await make('For everybody', { all: true });
    const danish = await make('For Denmark', { countries: ['DK'] });
    const belgian = await make('For Belgium', { countries: ['BE'], clusterIds: ['lsec'] });
    const ids = (await list(sme, '&kind=matchmaking')).map(({ eventId }) => eventId);
    expect(ids).to.include(all).and.to.include(belgian).and.not.to.include(danish);
    expect((await list(cluster, '&kind=matchmaking')).map(({ eventId }) => eventId)).to.include(danish);
  });

  it('has the first and last day of open calls, over or to come', async () => {
    const days = [...(await list(sme, '&kind=deadline')), ...(await list(sme, '&kind=deadline&when=past'))];
    expect(days.some(({ title, allDay }) => title.endsWith(': closes') && allDay)).to.equal(true);
  });

  it('refuses a wrong address, and that of an account that is closed', async () => {
    const address = await addressOf(sme);
    await app.agent().get(address.slice(0, -3)).expect(404);
    await app.agent().get(address.replace(sme.accountId, cluster.accountId)).expect(404);
    const gone = await app.signInAs('demand');
    const own = await addressOf(gone);
    await app.agent().get(own).expect(200);
    await staff.agent.post(`/api/v1/accounts/${gone.accountId}/close`).expect(204);
    await app.agent().get(own).expect(404);
  });

  it('refuses an end before the beginning, a zone that is none, and links that are not https', async () => {
    for (const fields of [{ endsAt: at(1) }, { timeZone: 'Mars/Olympus' }, { link: 'http://a.eu' }]) {
      const reply = await staff.agent
        .post(path)
        .send({ entry: entryOf(fields) })
        .expect(400);
      const field = `entry.${Object.keys(fields)[0] ?? ''}`;
      expect((reply.body as { errors: { field: string }[] }).errors[0]?.field).to.equal(field);
    }
  });
});
