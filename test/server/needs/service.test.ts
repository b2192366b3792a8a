import { expect } from 'chai';
import { z } from 'zod';
import { challengeSchema } from '../../../server/challenges/schema.ts';
import { interestSchema } from '../../../server/interests/schema.ts';
import {
  gapPageSchema,
  needAnswersSchema,
  needPageSchema,
  needViewSchema,
} from '../../../server/needs/schema.ts';
import type { MailChoices } from '../../../server/mail/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { connectLive } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';
import { needInput, publishedNeed, registerSme, stateNeed, step } from './support.ts';

const RADAR = 'uav';
const actionsSchema = z.looseObject({ items: z.array(z.looseObject({ action: z.string() })) });
const errorsSchema = z.looseObject({ errors: z.array(z.looseObject({ field: z.string() })) });
const fileSchema = z.strictObject({ needs: z.array(z.unknown()) });

/** A reply, checked against what the API promises. */
function bodyOf<T>(schema: z.ZodType<T>, reply: { body: unknown }): T {
  return schema.parse(reply.body);
}

describe('needs of the demand side', () => {
  let app: TestApp;
  let staff: SignedIn;
  let port: SignedIn;
  let city: SignedIn;
  let cluster: SignedIn;
  let smes: { id: string; person: SignedIn }[];

  const company = (place: number): { id: string; person: SignedIn } => {
    const found = smes[place];
    if (!found) throw new RangeError(`no company ${place}`);
    return found;
  };

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    port = await app.signInAs('demand', { organisation: 'Port of Halmstad' });
    city = await app.signInAs('demand', { organisation: 'City of Vilnius' });
    cluster = await app.signInAs('cluster', { clusterId: 'censec' });
    smes = [];
    for (const [name, country, capabilities, technologies, trl] of [
      ['Half One', 'DK', ['intrusion_detection_honeypots'], [], 8],
      ['Half Two', 'FR', [], [RADAR], 7],
      ['Look-alike', 'DE', ['intrusion_detection_honeypots'], [], 8],
    ] as const) {
      const id = await registerSme(app, staff, {
        name,
        country,
        solutions: [{ title: `${name} product`, trl, capabilities, technologies }],
        confidential: {
          contactName: `Person at ${name}`,
          contactEmail: `${name.replace(' ', '.')}@example.eu`,
        },
      });
      smes.push({ id, person: await app.signInAs('sme', { smeId: id }) });
    }
  });
  after(() => app.stop());

  it('goes from draft to published by submission and review, each step recorded', async () => {
    const draft = await stateNeed(port);
    expect(draft.state).to.equal('draft');
    expect(draft.own?.steps).to.have.members(['submit', 'withdraw']);
    await city.agent.get(`/api/v1/needs/${draft.id}`).expect(404);
    await step(port, draft.id, 'submit');
    const asked = await step(staff, draft.id, 'ask-back', 'Which harbour?');
    expect(asked.own?.review).to.include({ step: 'ask-back', text: 'Which harbour?' });
    await step(port, draft.id, 'submit');
    const published = await step(staff, draft.id, 'publish');
    expect(published.state).to.equal('published');
    const log = await staff.agent.get('/api/v1/audit').query({ kind: 'need', thingId: draft.id }).expect(200);
    const actions = bodyOf(actionsSchema, log).items.map(({ action }) => action);
    expect(actions.toSorted()).to.deep.equal([
      'need.ask-back',
      'need.create',
      'need.publish',
      'need.submit',
      'need.submit',
    ]);
    expect(JSON.stringify(log.body)).to.not.include('Ida Berg');
  });

  it('refuses a step that cannot follow, that is not theirs, or without a reason where one is needed', async () => {
    const { id } = await stateNeed(port);
    const take = (who: SignedIn, body: object) => who.agent.post(`/api/v1/needs/${id}/steps`).send(body);
    expect((await take(port, { step: 'close', version: 1 }).expect(409)).body).to.include({
      code: 'wrong-state',
    });
    await take(port, { step: 'publish', version: 1 }).expect(403);
    await take(company(0).person, { step: 'submit', version: 1 }).expect(403);
    await take(port, { step: 'submit', version: 9 }).expect(412);
    await step(port, id, 'submit');
    const wrong = await take(staff, { step: 'reject', version: 2 }).expect(400);
    expect(JSON.stringify(wrong.body)).to.include('reason');
  });

  it('mails who stated a need what staff decided, with the reason, unless they turned that off', async () => {
    const mailed = async () => (await app.mails()).filter(({ to }) => to === port.email);
    const before = (await mailed()).length;
    const { id } = await stateNeed(port, { title: 'Mailed decisions' });
    await step(port, id, 'submit');
    await step(staff, id, 'ask-back', 'By when is it wanted?');
    await step(port, id, 'submit');
    await step(staff, id, 'publish');
    const [asked, published, ...others] = (await mailed()).slice(before);
    expect(asked?.subject).to.equal('Your need: something is missing');
    expect(asked?.text).to.include('Mailed decisions').and.include('By when is it wanted?');
    expect(asked?.text).to.include(`/needs/${id}`);
    expect(published?.subject).to.equal('Your need is published');
    expect(others).to.deep.equal([]);

    const all = (await port.agent.get('/api/v1/account/mail').expect(200)).body as MailChoices;
    await port.agent
      .put('/api/v1/account/mail')
      .send({ ...all, needs: false })
      .expect(200);
    const quiet = await stateNeed(port, { title: 'Not mailed' });
    await step(port, quiet.id, 'submit');
    await step(staff, quiet.id, 'reject', 'It is the same as another one.');
    expect((await mailed()).slice(before)).to.have.length(2);
    await port.agent.put('/api/v1/account/mail').send(all).expect(200);
  });

  it('names everything that keeps a draft from being submitted', async () => {
    const draft = await stateNeed(port, {
      words: '',
      capabilities: [],
      technologies: [],
      confidential: undefined,
    });
    const fields = draft.own?.missing.map(({ field }) => field);
    expect(fields).to.have.members([
      'words',
      'capabilities',
      'confidential.contactName',
      'confidential.contactEmail',
    ]);
    await port.agent.post(`/api/v1/needs/${draft.id}/steps`).send({ step: 'submit', version: 1 }).expect(400);
  });

  it('refuses terms that are not there, under the wrong facet, or too many', async () => {
    const refused = await port.agent
      .post('/api/v1/needs')
      .send({ need: { ...needInput(), capabilities: ['no_such_term', RADAR], country: 'ZZ' } })
      .expect(400);
    const { errors } = bodyOf(errorsSchema, refused);
    expect(errors.map(({ field }) => field)).to.have.members([
      'need.capabilities.0',
      'need.capabilities.1',
      'need.country',
    ]);
  });

  it('makes one need of a request that is sent twice at once', async () => {
    const send = () => city.agent.post('/api/v1/needs').send({ key: 'twice', need: needInput() });
    const replies = await Promise.all([send(), send()]);
    expect(new Set(replies.map((reply) => bodyOf(needViewSchema, reply).id)).size).to.equal(1);
  });

  it('lets one of two edits of the same version through', async () => {
    const { id } = await stateNeed(port);
    const edit = (title: string) =>
      port.agent.put(`/api/v1/needs/${id}`).send({ version: 1, need: needInput({ title }) });
    const statuses = (await Promise.all([edit('One'), edit('Other')])).map(({ status }) => status);
    expect(statuses.toSorted()).to.deep.equal([200, 412]);
  });

  it('sends a published need to review again where its organisation changes what was reviewed, and nothing else', async () => {
    const { id, own } = await publishedNeed(port, staff, { title: 'Reviewed' });
    const put = async (who: SignedIn, version: number, overrides: object) =>
      bodyOf(
        needViewSchema,
        await who.agent
          .put(`/api/v1/needs/${id}`)
          .send({ version, need: needInput({ title: 'Reviewed', ...overrides }) })
          .expect(200),
      );
    const moved = await put(port, own?.version ?? 0, { neededBy: '2099-01-01' });
    expect(moved.state).to.equal('published');
    const byStaff = await put(staff, moved.own?.version ?? 0, { words: 'Clearer words.' });
    expect(byStaff.state).to.equal('published');
    const reworded = await put(port, byStaff.own?.version ?? 0, { words: 'Other words.' });
    expect(reworded.state).to.equal('submitted');
    await company(0).person.agent.get(`/api/v1/needs/${id}`).expect(404);
  });

  it('shows others neither contact, notes nor a name that is not to be shown', async () => {
    const { id } = await publishedNeed(port, staff, { title: 'Nameless', showOrganisation: false });
    for (const reader of [company(0).person, cluster, city]) {
      const one = bodyOf(needViewSchema, await reader.agent.get(`/api/v1/needs/${id}`).expect(200));
      expect(one.organisation).to.equal(null);
      expect(one.own).to.equal(undefined);
      const list = await reader.agent.get('/api/v1/needs').query({ q: 'nameless' }).expect(200);
      const file = await reader.agent
        .get('/api/v1/needs/export')
        .query({ format: 'csv', q: 'nameless' })
        .expect(200);
      for (const text of [JSON.stringify(one), JSON.stringify(list.body), file.text]) {
        expect(text).to.not.match(/Ida|port\.example|budget|Halmstad/);
      }
    }
  });

  it('lists by cursor with filters, and neutralises formulas in its file', async () => {
    await publishedNeed(city, staff, {
      title: '=SUM(A1)',
      country: 'LT',
      organisationKind: 'public-authority',
      demonstrator: { what: 'A street', where: 'Vilnius' },
    });
    const query = {
      country: 'LT',
      demonstrator: 'true',
      organisationKind: 'public-authority',
      technology: RADAR,
    };
    const list = await cluster.agent.get('/api/v1/needs').query(query).expect(200);
    expect(bodyOf(needPageSchema, list).total).to.equal(1);
    const csv = await cluster.agent
      .get('/api/v1/needs/export')
      .query({ ...query, format: 'csv' })
      .expect(200);
    expect(csv.text).to.include("'=SUM(A1)");
    const seen = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: z.infer<typeof needPageSchema> = bodyOf(
        needPageSchema,
        await staff.agent
          .get('/api/v1/needs')
          .query({ limit: 2, sort: 'needed-by', ...(cursor === null ? {} : { cursor }) })
          .expect(200),
      );
      for (const { id } of page.items) {
        expect(seen).to.not.include(id);
        seen.add(id);
      }
      cursor = page.next;
    } while (cursor !== null);
    const all = await staff.agent.get('/api/v1/needs/export').query({ format: 'json' }).expect(200);
    expect(bodyOf(fileSchema, all).needs).to.have.length(seen.size);
  });

  it('answers with companies and pairs, the pair that covers it only together first, and says what stays uncovered', async () => {
    const { id } = await publishedNeed(port, staff);
    const answers = bodyOf(
      needAnswersSchema,
      await port.agent.get(`/api/v1/needs/${id}/answers`).expect(200),
    );
    const [best, , last] = answers.pairs;
    expect(new Set([best?.a.name, best?.b.name])).to.include('Half Two');
    expect(best).to.include({ covered: 4, onlyTogether: 2, score: 1_000_000 });
    expect(new Set([last?.a.name, last?.b.name])).to.deep.equal(new Set(['Half One', 'Look-alike']));
    expect(answers.supply).to.deep.include({ term: RADAR, offered: 1, ready: 1 });
    await city.agent.get(`/api/v1/needs/${id}/answers`).expect(403);
    await company(0).person.agent.get(`/api/v1/needs/${id}/answers`).expect(403);
    const gaps = await cluster.agent.get('/api/v1/needs/gaps').query({ facet: 'technologies' }).expect(200);
    expect(bodyOf(gapPageSchema, gaps).items[0]).to.include({
      term: RADAR,
    });
  });

  it('ranks needs for a company by what it covers, with reasons, and leaves out those that it does not answer', async () => {
    await publishedNeed(city, staff, { title: 'Only radar', capabilities: [] });
    const { person } = company(1);
    const page = bodyOf(
      needPageSchema,
      await person.agent.get('/api/v1/needs').query({ sort: 'fit', limit: 100 }).expect(200),
    );
    expect(page.items[0]?.title).to.equal('Only radar');
    expect(page.items[0]?.fit?.score).to.equal(1_000_000);
    expect(page.items[0]?.fit?.sentence).to.match(/^Covers 1 of 1 wanted parts/);
    const others = bodyOf(
      needPageSchema,
      await company(0).person.agent.get('/api/v1/needs').query({ sort: 'fit', limit: 100 }).expect(200),
    );
    expect(others.items.map(({ title }) => title)).to.not.include('Only radar');
    await staff.agent.get('/api/v1/needs').query({ sort: 'fit' }).expect(400);
  });

  it('discloses contacts to a pair and the organisation only once all three agreed', async () => {
    const need = await publishedNeed(port, staff, { title: 'Three sides', showOrganisation: false });
    const [one, two] = [company(0), company(1)];
    const live = await connectLive(app, port);
    const begun = bodyOf(
      interestSchema,
      await one.person.agent
        .post(`/api/v1/needs/${need.id}/interests`)
        .send({ smeIds: [one.id, two.id], message: 'We two can.' })
        .expect(201),
    );
    const read = async (who: SignedIn) =>
      bodyOf(interestSchema, await who.agent.get(`/api/v1/interests/${begun.id}`).expect(200));
    const hidden = (who: SignedIn) => who.agent.get(`/api/v1/interests/${begun.id}`).expect(404);
    const reply = (who: SignedIn, version: number, status: number, answer = 'accept', reason = '') =>
      who.agent
        .post(`/api/v1/interests/${begun.id}/reply`)
        .send({ reply: answer, version, reason })
        .expect(status);
    await hidden(port);
    await hidden(company(2).person);
    expect((await read(two.person)).myTurn).to.equal(true);
    expect(JSON.stringify(await read(two.person))).to.not.match(/Halmstad|Ida/);
    await reply(one.person, 1, 409);
    await reply(two.person, 1, 200);
    const before = await read(port);
    expect(before).to.include({ myTurn: true, contacts: null });
    await until(() => live.events.some(({ kind }) => kind === 'interest'));
    live.close();
    await reply(port, 1, 412);
    await reply(port, 2, 200);
    const forPort = await read(port);
    expect(forPort.contacts?.map(({ contact }) => contact.name)).to.have.members([
      'Person at Half One',
      'Person at Half Two',
    ]);
    const forTwo = await read(two.person);
    expect(forTwo.need.organisation).to.equal('Port of Halmstad');
    expect(forTwo.contacts?.map(({ contact }) => contact.name)).to.have.members([
      'Ida Berg',
      'Person at Half One',
    ]);
    expect(JSON.stringify(forTwo)).to.not.include('budget');
    const again = await one.person.agent
      .post(`/api/v1/needs/${need.id}/interests`)
      .send({ smeIds: [two.id, one.id] })
      .expect(201);
    expect(bodyOf(interestSchema, again).id).to.equal(begun.id);
  });

  it('lets the organisation ask, and decline with a reason; what is open lapses when the need is closed', async () => {
    const need = await publishedNeed(port, staff, { title: 'Asked' });
    const [one, two] = [company(0), company(1)];
    const begin = async (who: SignedIn, smeIds: string[]) =>
      bodyOf(
        interestSchema,
        await who.agent.post(`/api/v1/needs/${need.id}/interests`).send({ smeIds }).expect(201),
      );
    const asked = await begin(port, [one.id]);
    expect(asked).to.include({ startedBy: 'demand', mayWithdraw: true, myTurn: false });
    const offered = await begin(two.person, [two.id]);
    const decline = (reason: string) =>
      port.agent.post(`/api/v1/interests/${offered.id}/reply`).send({ reply: 'decline', version: 1, reason });
    await decline('').expect(400);
    expect(bodyOf(interestSchema, await decline('We need a Swedish partner.').expect(200))).to.include({
      state: 'declined',
      endedBy: 'demand',
    });
    const list = bodyOf(needViewSchema, await port.agent.get(`/api/v1/needs/${need.id}`).expect(200));
    expect(list.interests).to.deep.equal({ waiting: 0, all: 1 });
    await step(port, need.id, 'close');
    const lapsed = await one.person.agent.get(`/api/v1/interests/${asked.id}`).expect(200);
    expect(bodyOf(interestSchema, lapsed)).to.include({ state: 'lapsed', reason: 'The need was closed.' });
    await two.person.agent
      .post(`/api/v1/needs/${need.id}/interests`)
      .send({ smeIds: [two.id] })
      .expect(409);
  });

  it('refuses to speak for another company, and two that cannot form a consortium', async () => {
    const need = await publishedNeed(port, staff);
    const begin = (who: SignedIn, smeIds: string[]) =>
      who.agent.post(`/api/v1/needs/${need.id}/interests`).send({ smeIds });
    await begin(company(0).person, [company(1).id]).expect(403);
    await begin(cluster, [company(1).id]).expect(403);
    const neighbour = await registerSme(app, staff, { name: 'Same country', country: 'DK' });
    const refused = await begin(company(0).person, [company(0).id, neighbour]).expect(409);
    expect(JSON.stringify(refused.body)).to.include('a consortium needs two countries');
    await begin(company(0).person, [company(0).id, 'nobody']).expect(400);
  });

  it('puts needs together as a challenge of the call, which scores pairs once it is published', async () => {
    const first = await publishedNeed(port, staff, { title: 'Harbour', technologies: [], trlMin: 7 });
    const second = await publishedNeed(city, staff, { title: 'Square', capabilities: [], trlMin: 6 });
    await port.agent
      .post('/api/v1/challenges')
      .send({ needIds: [first.id] })
      .expect(403);
    const draft = bodyOf(
      challengeSchema,
      await staff.agent
        .post('/api/v1/challenges')
        .send({ needIds: [first.id, second.id] })
        .expect(201),
    );
    expect(draft).to.include({ state: 'draft', trlMin: 6 });
    expect([...draft.capabilities, ...draft.technologies]).to.have.members([
      'intrusion_detection_honeypots',
      RADAR,
    ]);
    await port.agent.get(`/api/v1/challenges/${draft.id}`).expect(404);
    await staff.agent
      .post(`/api/v1/challenges/${draft.id}/steps`)
      .send({ step: 'publish', version: 1 })
      .expect(200);
    const need = bodyOf(needViewSchema, await port.agent.get(`/api/v1/needs/${first.id}`).expect(200));
    expect(need.challenges).to.deep.equal([{ id: draft.id, title: 'Harbour' }]);
    const call = await port.agent.get('/api/v1/call').expect(200);
    expect(JSON.stringify(call.body)).to.include(draft.id);
    await staff.agent
      .post(`/api/v1/challenges/${draft.id}/steps`)
      .send({ step: 'retire', version: 2 })
      .expect(200);
    expect(JSON.stringify((await port.agent.get('/api/v1/call').expect(200)).body)).to.not.include(draft.id);
  });

  it('takes needs into a challenge and out of it, and keeps one that was withdrawn until it is taken out', async () => {
    const first = await publishedNeed(port, staff, { title: 'Quay' });
    const second = await publishedNeed(city, staff, { title: 'Bridge' });
    const made = await staff.agent
      .post('/api/v1/challenges')
      .send({ needIds: [first.id] })
      .expect(201);
    const { id, version, title, words, capabilities } = bodyOf(challengeSchema, made);
    const worded = { title, words, capabilities };
    const put = (needIds: string[], at: number) =>
      staff.agent.put(`/api/v1/challenges/${id}`).send({ version: at, challenge: { ...worded, needIds } });
    const both = bodyOf(challengeSchema, await put([first.id, second.id], version).expect(200));
    expect(both.needs.map(({ title }) => title)).to.deep.equal(['Quay', 'Bridge']);
    await step(port, first.id, 'withdraw');
    const kept = bodyOf(challengeSchema, await put([first.id, second.id], both.version).expect(200));
    const without = bodyOf(challengeSchema, await put([second.id], kept.version).expect(200));
    expect(without.needs.map(({ title }) => title)).to.deep.equal(['Bridge']);
    const refused = await put([second.id, first.id], without.version).expect(400);
    expect(JSON.stringify(refused.body)).to.include('challenge.needIds.1').and.to.include('withdrawn');
    await put([], without.version).expect(400);
  });

  it('exports what an account stated, and erases it down to what was published, without any person', async () => {
    const owner = await app.signInAs('demand', { organisation: 'Leaving AB' });
    const draft = await stateNeed(owner, { title: 'Never shown' });
    const shown = await publishedNeed(owner, staff, { title: 'Was shown' });
    const subject = { kind: 'account', id: owner.accountId } as const;
    const kept = app.tandem.services.personalData.filter(
      ({ name }) => name === 'needs' || name === 'interests',
    );
    const exported = await kept[0]?.exportOf(subject);
    expect(exported?.map((record) => record['contactName'])).to.deep.equal(['Ida Berg', 'Ida Berg']);
    for (const feature of kept) await feature.erase(subject);
    await staff.agent.get(`/api/v1/needs/${draft.id}`).expect(404);
    const left = bodyOf(needViewSchema, await staff.agent.get(`/api/v1/needs/${shown.id}`).expect(200));
    expect(left.state).to.equal('withdrawn');
    expect(left.own?.confidential.contactName).to.equal(null);
  });

  it('leaves a log of decisions that gives the same states as the database', async () => {
    const check = await app.tandem.services.audited
      .filter(({ kind }) => ['need', 'interest', 'challenge'].includes(kind))
      .reduce(
        async (before, source) => [...(await before), await lastStates(source.kind, await source.states())],
        Promise.resolve<boolean[]>([]),
      );
    expect(check).to.deep.equal([true, true, true]);
  });

  /** Whether the last recorded state of each thing is the one in the database. */
  async function lastStates(kind: string, states: ReadonlyMap<string, unknown>): Promise<boolean> {
    const entries = await app.storage.storage.connection
      .collection('audit')
      .find({ kind })
      .sort({ seq: 1 })
      .toArray();
    const last = new Map<string, unknown>();
    for (const { thingId, after } of entries) {
      if (after === null) last.delete(thingId as string);
      else last.set(thingId as string, JSON.parse(after as string));
    }
    expect(Object.fromEntries(last)).to.deep.equal(Object.fromEntries(states));
    return true;
  }
});
