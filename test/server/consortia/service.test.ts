import { expect } from 'chai';
import type { HttpProblem } from '../../../server/http/errors.ts';
import { createClaims } from '../../../server/consortia/claims.ts';
import { consortiumModel } from '../../../server/consortia/model.ts';
import { loadCall } from '../../../server/calls/calls.ts';
import type { OutcomeState } from '../../../server/outcomes/schema.ts';
import { clusterViewer, demand, smeViewer, staff } from '../smes/support.ts';
import { refusal } from '../../support/refusal.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { createConsortiaStack } from './support.ts';

describe('consortia service', () => {
  let storage: TestStorage;
  beforeEach(async () => {
    storage = await startTestStorage();
  });
  afterEach(() => storage.stop());
  const stack = () => createConsortiaStack(storage.storage.connection);

  it('forms a consortium at the second confirmation, and only then shows the contact of the other side', async () => {
    const { open, readySme, agreed, told } = await stack();
    const consortia = open();
    const [fr, be] = [await readySme('FR'), await readySme('BE')];
    const { id, version } = await agreed(consortia, fr, be);
    const first = await consortia.confirm(smeViewer(fr), id, version);
    expect(first).to.include({ state: 'proposed', contact: null });
    expect(await consortia.taken(loadCall().id)).to.deep.equal([]);
    const second = await consortia.confirm(smeViewer(be), id, version);
    expect(second.state).to.equal('formed');
    expect(second.contact).to.include({ name: 'Head of FR', email: 'head@fr.example' });
    expect((await consortia.get(smeViewer(fr), id)).contact).to.include({ name: 'Head of BE' });
    expect((await consortia.get(clusterViewer('lsec'), id)).contact).to.equal(null);
    expect((await consortia.taken(loadCall().id)).toSorted()).to.deep.equal([fr, be].toSorted());
    expect(told.taken.map((pair) => pair.toSorted())).to.deep.equal([[fr, be].toSorted()]);
  });

  it('says all that is still in the way, and takes no confirmation until it is gone', async () => {
    const { open, readySme } = await stack();
    const consortia = open();
    const fr = await readySme('FR', { declaration: null });
    const other = await readySme('FR', { name: 'A neighbour' });
    const { id, version, blockers } = await consortia.enter(staff, fr, other);
    expect(blockers.join(' '))
      .to.include('Choose an instrument')
      .and.include('working title')
      .and.include('Choose the solution that A neighbour brings')
      .and.include('Say which of the two leads')
      .and.include('The size is not yet declared')
      .and.include('a consortium needs two countries');
    const problem = await refusal(consortia.confirm(smeViewer(fr), id, version));
    expect(problem).to.include({ status: 409, code: 'not-ready' });
    expect(problem.errors).to.have.length(blockers.length);
  });

  it('asks for both confirmations again where the details changed', async () => {
    const { open, readySme, agreed } = await stack();
    const consortia = open();
    const [fr, be] = [await readySme('FR'), await readySme('BE')];
    const { id, version, details } = await agreed(consortia, fr, be);
    await consortia.confirm(smeViewer(fr), id, version);
    const changed = await consortia.update(smeViewer(be), id, version, {
      ...details,
      title: 'Another title',
    });
    expect(changed).to.include({ confirmedByA: false, confirmedByB: false, version: version + 1 });
    expect(await refusal(consortia.confirm(smeViewer(be), id, version))).to.include({ status: 412 });
    expect(await refusal(consortia.update(smeViewer(fr), id, version, details))).to.include({ status: 412 });
  });

  it('refuses details that name what is not there, with the field', async () => {
    const { open, readySme, agreed } = await stack();
    const consortia = open();
    const [fr, be] = [await readySme('FR'), await readySme('BE')];
    const { id, version, details } = await agreed(consortia, fr, be);
    for (const [field, value] of Object.entries({
      instrumentId: 'lottery',
      leadSmeId: 'somebody',
      solutionA: details.solutionB,
    })) {
      const problem = await refusal(consortia.update(staff, id, version, { ...details, [field]: value }));
      expect(problem.errors[0]?.field).to.equal(`details.${field}`);
    }
  });

  it('never puts an SME in two consortia, whatever races', async () => {
    const { open, readySme, agreed } = await stack();
    // Two server processes on one database.
    const [one, other] = [open(), open()];
    const hub = await readySme('FR');
    const rest = await Promise.all(['BE', 'DE', 'IT', 'NL', 'ES', 'PL'].map((country) => readySme(country)));
    const proposals = [];
    for (const sme of rest) proposals.push(await agreed(one, hub, sme));
    for (const { id, version } of proposals) await one.confirm(smeViewer(hub), id, version);
    const outcomes = await Promise.allSettled(
      proposals.map(({ id, version, a, b }, at) =>
        (at % 2 === 0 ? one : other).confirm(smeViewer(a.id === hub ? b.id : a.id), id, version),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect((outcome.reason as HttpProblem).code).to.be.oneOf(['already-in-consortium', 'not-ready']);
      }
    }
    const formed = await one.list(staff, { sort: 'newest', limit: 100, state: 'formed' });
    expect(formed.items).to.have.length(1);
    expect((await one.taken(loadCall().id)).toSorted()).to.deep.equal(
      formed.items.flatMap(({ a, b }) => [a.id, b.id]).toSorted(),
    );
  });

  it('proposes one consortium for a pair, however often both want it', async () => {
    const { open, readySme } = await stack();
    const consortia = open();
    const [fr, be] = [await readySme('FR'), await readySme('BE')];
    const ids = await Promise.all(
      [1, 2, 3].map((n) =>
        consortia.onBothWant('event', ...(n % 2 ? ([fr, be] as const) : ([be, fr] as const))),
      ),
    );
    expect(new Set(ids).size).to.equal(1);
    expect(await consortia.of(be)).to.deep.equal(new Map([[fr, ids[0]]]));
  });

  it('frees both when a consortium is dissolved, and lets them find another', async () => {
    const { open, readySme, formed, told } = await stack();
    const consortia = open();
    const [fr, be, de] = [await readySme('FR'), await readySme('BE'), await readySme('DE')];
    const { id } = await formed(consortia, fr, be);
    expect(await refusal(consortia.leave(clusterViewer('lsec'), id, ''))).to.include({ status: 403 });
    expect((await consortia.leave(smeViewer(be), id, 'Another plan')).state).to.equal('dissolved');
    expect(told.taken).to.have.length(2);
    expect(await refusal(consortia.leave(smeViewer(be), id, ''))).to.include({ code: 'not-open' });
    expect((await formed(consortia, fr, de)).state).to.equal('formed');
  });

  it('leaves it to the staff to give up what was handed in', async () => {
    const { open, readySme, formed, outcomes } = await stack();
    const consortia = open();
    const [fr, be] = [await readySme('FR'), await readySme('BE')];
    const { id } = await formed(consortia, fr, be);
    const became = (state: OutcomeState): void => {
      outcomes.set(id, { state, date: '2026-09-01', submissionId: null, grantEur: null, version: 1 });
    };
    became('in-programme');
    expect(await refusal(consortia.leave(smeViewer(fr), id, ''))).to.include({
      status: 409,
      code: 'handed-in',
    });
    expect((await consortia.get(smeViewer(fr), id)).mayLeave).to.equal(false);
    expect((await consortia.get(clusterViewer('lsec'), id)).mayLeave).to.equal(false);
    expect((await consortia.get(staff, id)).mayLeave).to.equal(true);
    became('not-selected');
    expect((await consortia.get(smeViewer(fr), id)).mayLeave).to.equal(true);
    became('submitted');
    expect((await consortia.leave(staff, id, 'Withdrawn there too')).state).to.equal('dissolved');
  });

  it('shows a consortium to its two SMEs, their clusters and staff, and to nobody else', async () => {
    const { open, readySme, agreed } = await stack();
    const consortia = open();
    const [fr, be, de] = [await readySme('FR'), await readySme('BE'), await readySme('DE')];
    const { id } = await agreed(consortia, fr, be);
    for (const viewer of [
      staff,
      smeViewer(fr),
      smeViewer(be),
      clusterViewer('lsec'),
      clusterViewer('pole-scs'),
    ]) {
      expect((await consortia.get(viewer, id)).id).to.equal(id);
      expect((await consortia.list(viewer, { sort: 'newest', limit: 10 })).total).to.equal(1);
    }
    for (const viewer of [smeViewer(de), clusterViewer('censec'), demand]) {
      expect(await refusal(consortia.get(viewer, id))).to.include({ status: 404 });
    }
    expect((await consortia.list(smeViewer(de), { sort: 'newest', limit: 10 })).total).to.equal(0);
    expect(await refusal(consortia.list(demand, { sort: 'newest', limit: 10 }))).to.include({ status: 403 });
  });

  it('finishes at the next start what a crash cut short', async () => {
    const { open, readySme, agreed } = await stack();
    const consortia = open();
    const { connection } = storage.storage;
    const records = consortiumModel(connection);
    const callId = loadCall().id;
    const [fr, be, de, it] = [
      await readySme('FR'),
      await readySme('BE'),
      await readySme('DE'),
      await readySme('IT'),
    ];
    // Both confirmed, the register not written; then: the register written, the consortium withdrawn meanwhile.
    const both = await agreed(consortia, fr, be);
    await records.updateOne(
      { _id: both.id },
      { $set: { confirmedA: both.version, confirmedB: both.version } },
    );
    const left = await agreed(consortia, de, it);
    await createClaims(connection).take(callId, left.id, [left.a.id, left.b.id]);
    await records.updateOne({ _id: left.id }, { $set: { state: 'withdrawn' } });
    await open().reconcile();
    expect((await consortia.get(staff, both.id)).state).to.equal('formed');
    expect((await consortia.taken(loadCall().id)).toSorted()).to.deep.equal([fr, be].toSorted());
  });

  it('tells at the next start what a crash kept untold, in the same words', async () => {
    const { open, readySme, agreed, told } = await stack();
    const consortia = open();
    const records = consortiumModel(storage.storage.connection);
    const { id, version } = await agreed(consortia, await readySme('FR'), await readySme('BE'));
    expect(await records.countDocuments({ untold: true })).to.equal(0);
    const [last] = told.notices.slice(-1);
    expect(last?.key).to.equal(`consortium:${id}:${version}:proposed::`);
    await records.updateOne({ _id: id }, { $set: { untold: true } });
    await open().reconcile();
    expect(told.notices.at(-1)).to.deep.equal(last);
    expect(await records.countDocuments({ untold: true })).to.equal(0);
  });

  it('makes up at the start for pairs that both wanted to go on, but never again for those that gave up', async () => {
    const { open, readySme } = await stack();
    const consortia = open();
    const smes = [await readySme('FR'), await readySme('BE'), await readySme('DE')].toSorted();
    const [a = '', b = '', c = ''] = smes;
    const givenUp = await consortia.onBothWant('event', a, b);
    await consortia.leave(smeViewer(a), givenUp, 'Not now.');
    const wanted = [
      { eventId: 'event', a, b },
      { eventId: 'event', a: b, b: c },
    ];
    await open().makeUpFor(wanted);
    await open().makeUpFor(wanted);
    const all = await consortia.list(staff, { sort: 'newest', limit: 10 });
    expect(all.items.map((one) => [one.a.id, one.b.id, one.state])).to.have.deep.members([
      [a, b, 'withdrawn'],
      [b, c, 'proposed'],
    ]);
  });

  it('ends the open consortia of an SME that withdraws', async () => {
    const { open, readySme, formed } = await stack();
    const consortia = open();
    const [fr, be] = [await readySme('FR'), await readySme('BE')];
    const { id } = await formed(consortia, fr, be);
    await consortia.erase(fr);
    expect(await consortia.taken(loadCall().id)).to.deep.equal([]);
    expect((await consortia.get(staff, id)).state).to.equal('dissolved');
  });
});
