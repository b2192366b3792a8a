import { expect } from 'chai';
import { feedbackModel, requestModel, wishModel } from '../../../server/events/model.ts';
import {
  allSources,
  consortiaFrom,
  declinesFrom,
  requestsFrom,
  standing,
  type Statement,
} from '../../../server/learning/decisions.ts';
import type { WeightsProposal } from '../../../server/learning/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { registerSmes } from '../../support/matchmaking.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { PLENTY, storeAnswers } from './support.ts';

describe('weights from answers', function () {
  this.timeout(60_000);
  let app: TestApp;
  let staff: SignedIn;
  let ids: string[];

  const propose = async (): Promise<WeightsProposal> =>
    (await staff.agent.post('/api/v1/weights/proposal').send({}).expect(200)).body as WeightsProposal;

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    ids = await registerSmes(app, staff, 24);
  });
  after(() => app.stop());

  it('are refused with what is missing where nobody has answered yet', async () => {
    const { outcome, decisions, weightsVersion } = await propose();
    expect(weightsVersion).to.equal(1);
    expect(decisions).to.include({ accepted: 0, declined: 0, smes: 0 });
    expect(outcome).to.deep.equal({
      kind: 'too-few',
      missing: [
        { what: 'decisions', have: 0, need: 30 },
        { what: 'accepted', have: 0, need: 10 },
        { what: 'declined', have: 0, need: 10 },
        { what: 'smes', have: 0, need: 10 },
      ],
    });
  });

  it('read answers that speak of the match, and consortia as a yes of both', async () => {
    await storeAnswers(app, ids, {
      declines: [
        [0, 2, 'competitor'],
        [2, 4, 'no-capacity'],
        [4, 6, 'already-know-them'],
        [6, 99, 'wrong-field'],
      ],
      formed: [[0, 1]],
    });
    const { connection } = app.storage.storage;
    const declined = await declinesFrom(connection)();
    expect(declined.notOfTheMatch).to.equal(2);
    expect(declined.statements.map(({ sme }) => sme)).to.have.members([ids[0], ids[6]]);
    const { statements } = await consortiaFrom(connection)();
    expect(statements.map(({ sme, partner, kind }) => [sme, partner, kind])).to.have.deep.members([
      [ids[0], ids[1], 'consortium'],
      [ids[1], ids[0], 'consortium'],
    ]);
    expect((await propose()).decisions).to.deep.equal({
      consortium: 2,
      wouldLike: 0,
      metAgain: 0,
      notForMe: 1,
      accepted: 1,
      declined: 1,
      smes: 2,
      notOfTheMatch: 2,
      contradicting: 0,
      gone: 1,
    });
  });

  it('propose what tells a yes from a no, with intervals and held-out answers, and change nothing', async () => {
    await storeAnswers(app, ids, PLENTY);
    const { outcome, decisions } = await propose();
    if (outcome.kind !== 'proposal') throw new Error(`No proposal: ${JSON.stringify(outcome)}`);
    expect(decisions.accepted).to.be.at.least(10);
    expect(outcome.total).to.equal(100);
    expect(Object.values(outcome.values).reduce((sum, one) => sum + one, 0)).to.equal(100);
    const domain = outcome.factors.find(({ factor }) => factor === 'domain');
    expect(domain?.proposed).to.be.above(domain?.standing ?? 100);
    for (const { low, high } of outcome.factors) expect(low).to.be.at.most(high);
    expect(outcome.evaluation.auc.proposed).to.be.within(0, 1);
    const inForce = await staff.agent.get('/api/v1/weights').expect(200);
    expect(inForce.body).to.include({ version: 1 });
    expect(await propose()).to.deep.equal({ weightsVersion: 1, decisions, outcome });
  });

  it('are for staff only', async () => {
    const sme = await app.signInAs('sme', { smeId: ids[0] ?? '' });
    await sme.agent.post('/api/v1/weights/proposal').send({}).expect(403);
  });
});

describe('decisions at events', () => {
  let storage: TestStorage;
  const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 9, minute));
  const short = ({ sme, partner, kind }: Statement): string => `${sme} ${partner} ${kind}`;

  before(async () => {
    storage = await startTestStorage();
    const { connection } = storage.storage;
    const request = { eventId: 'e', at: at(1), expiresAt: at(9), settled: true, version: 1, untold: false };
    const asked = [
      ['a', 'b', 'accepted', null],
      ['c', 'd', 'declined', 'wrong-field'],
      ['e', 'f', 'declined', 'no-time'],
      ['g', 'h', 'withdrawn', null],
      ['i', 'j', 'expired', null],
    ] as const;
    await requestModel(connection).insertMany(
      asked.map(([fromId, toId, state, reason]) => ({
        ...request,
        _id: fromId,
        openKey: fromId,
        fromId,
        toId,
        state,
        reason,
      })),
    );
    await wishModel(connection).insertMany([
      { _id: 'w', eventId: 'e', smeId: 'k', partnerId: 'l', wish: 'must-meet', at: at(0) },
    ]);
    const said = [
      ['a', 'b', 'no'],
      ['b', 'a', 'we-want-this'],
      ['m', 'n', 'interesting'],
    ] as const;
    await feedbackModel(connection).insertMany(
      said.map(([smeId, partnerId, answer]) => ({
        _id: smeId,
        eventId: 'e',
        meetingId: 'm',
        smeId,
        partnerId,
        answer,
        at: at(5),
      })),
    );
  });
  after(() => storage.stop());

  it('are read from requests, but for those that say nothing of the match', async () => {
    const { statements, notOfTheMatch } = await requestsFrom(storage.storage.connection)();
    expect(statements.map(short)).to.have.members([
      'a b would-like',
      'b a would-like',
      'c d would-like',
      'd c not-for-me',
      'e f would-like',
      'i j would-like',
    ]);
    expect(notOfTheMatch).to.equal(1);
  });

  it('are read from wishes and from what is said after a meeting, and the last word stands', async () => {
    const all = await Promise.all(allSources(storage.storage.connection).map((read) => read()));
    const stands = standing(all.flatMap(({ statements }) => statements)).map(short);
    expect(stands).to.include.members(['k l would-like', 'a b not-for-me', 'b a met-again']);
    expect(stands).to.not.include('a b would-like');
    expect(all.reduce((sum, one) => sum + one.notOfTheMatch, 0)).to.equal(2);
  });
});
