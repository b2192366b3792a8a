import { expect } from 'chai';
import type { PartnersView } from '../../../server/suggestions/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { connectLive, profileInput, registerSmes, type LiveClient } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';

const SMES = 24;

describe('live suggestions', () => {
  let app: TestApp;
  let staff: SignedIn;
  let ids: string[];
  let people: SignedIn[];
  let clients: LiveClient[];

  const listOf = async (person: SignedIn, smeId: string): Promise<PartnersView> =>
    (await person.agent.get(`/api/v1/smes/${smeId}/partners`).expect(200)).body as PartnersView;
  const allLists = (): Promise<PartnersView[]> => Promise.all(ids.map((id) => listOf(staff, id)));
  const entries = (view: PartnersView | undefined): string =>
    JSON.stringify(view?.partners.map(({ partner, score, factors }) => [partner.id, score, factors]));

  /** Does something and waits until everything that follows from it is done. */
  async function doing(
    act: () => Promise<unknown>,
  ): Promise<{ before: PartnersView[]; after: PartnersView[] }> {
    const before = await allLists();
    for (const client of clients) client.events.length = 0;
    await act();
    const { matcher } = app.tandem.services.matchmaking;
    await matcher.profilesChanged([ids[0] ?? ''], 'pool');
    await until(() => !matcher.status().busy);
    return { before, after: await allLists() };
  }

  const hasChanged = (before: PartnersView[], after: PartnersView[], at: number): boolean =>
    before[at]?.listVersion !== after[at]?.listVersion;

  function expectExactlyThoseChanged(before: PartnersView[], after: PartnersView[]): number {
    let changed = 0;
    for (const [at, client] of clients.entries()) {
      const got = client.events.filter(({ kind }) => kind === 'suggestions');
      expect(hasChanged(before, after, at)).to.equal(got.length > 0, `account ${at}`);
      if (got.length === 0) {
        expect(entries(after[at])).to.equal(entries(before[at]));
        continue;
      }
      changed += 1;
      const newest = got.at(-1);
      expect(newest).to.include({ smeId: ids[at] });
      if (newest?.kind === 'suggestions') {
        expect(newest.partners?.smeId).to.equal(ids[at]);
        expect(entries(newest.partners ?? undefined)).to.equal(entries(after[at]));
      }
    }
    return changed;
  }

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    staff = await app.signInAs('staff');
    ids = await registerSmes(app, staff, SMES);
    people = await Promise.all(ids.map((smeId) => app.signInAs('sme', { smeId })));
    clients = await Promise.all(people.map((person) => connectLive(app, person)));
  });
  after(async () => {
    for (const client of clients) client.close();
    await app.stop();
  });

  it('reaches exactly those whose list changes with a profile, with the list as it then is', async () => {
    const me = people[3];
    const mine = ids[3] ?? '';
    const view = await staff.agent.get(`/api/v1/smes/${mine}`).expect(200);
    const { own } = view.body as { own: { version: number } };
    const { before, after } = await doing(async () => {
      await me?.agent
        .put(`/api/v1/smes/${mine}`)
        .set('If-Match', `"${own.version}"`)
        .send(profileInput(3, { country: 'NL', languages: ['nl'], available: false }))
        .expect(200);
    });
    const changed = expectExactlyThoseChanged(before, after);
    expect(changed).to.be.within(1, SMES - 1);
  });

  it("tells nobody but the one who said 'not for me' why the lists changed", async () => {
    const [first] = (await listOf(staff, ids[4] ?? '')).partners;
    const partnerId = first?.partner.id ?? '';
    const { before, after } = await doing(async () => {
      await people[4]?.agent
        .post(`/api/v1/smes/${ids[4] ?? ''}/answers`)
        .send({ partnerId, answer: 'not-for-me', reason: 'competitor' })
        .expect(201);
      await until(async () => {
        const { partners } = await listOf(staff, ids[4] ?? '');
        return partners.every(({ partner }) => partner.id !== partnerId);
      });
    });
    expectExactlyThoseChanged(before, after);
    for (const [at, client] of clients.entries()) {
      for (const event of client.events) {
        if (event.kind === 'suggestions') expect(event.cause === 'answer').to.equal(at === 4);
      }
    }
    expect(after[4]?.partners.map(({ partner }) => partner.id)).not.to.include(partnerId);
    const seenByPartner = await people[ids.indexOf(partnerId)]?.agent
      .get(`/api/v1/smes/${partnerId}/partners/${ids[4] ?? ''}`)
      .expect(200);
    expect(JSON.stringify(seenByPartner?.body)).not.to.match(/declined|not for me/i);
  });

  it('reaches everybody whose list changes with the weights', async () => {
    const { before, after } = await doing(async () => {
      const values = { capability: 0, text: 100, trl: 0, domain: 0, challenge: 0, reach: 0, practical: 1 };
      await staff.agent.post('/api/v1/weights').send({ baseVersion: 1, values, note: '' }).expect(201);
      await until(() => app.tandem.services.matchmaking.matcher.status().weightsVersion === 2);
    });
    expect(expectExactlyThoseChanged(before, after)).to.be.greaterThan(SMES / 2);
  });

  it('numbers the events of every account without gaps', async () => {
    for (const [at, client] of clients.entries()) {
      const { events, upTo } = await client.catchUp(0);
      expect(events.map(({ seq }) => seq)).to.deep.equal(events.map((_, i) => i + 1));
      expect(events.at(-1)?.seq ?? 0).to.equal(upTo);
      const withList = events.filter((event) => event.kind === 'suggestions' && event.partners !== null);
      expect(withList.length).to.be.at.most(1, `account ${at}`);
    }
  });
});
