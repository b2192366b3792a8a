import { expect } from 'chai';
import type TestAgent from 'supertest/lib/agent.js';
import type { ConsortiumView } from '../../../server/consortia/schema.ts';
import type { PeriodView } from '../../../server/reports/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { submit } from '../ambassadors/support.ts';
import { needInput, stateNeed } from '../needs/support.ts';
import { smeInput, staff as staffViewer } from '../smes/support.ts';

/** Those who read, by what the things of the test are to them. */
const READERS = [
  'visitor',
  'staff',
  'own cluster',
  'other cluster',
  'own SME',
  'other SME',
  'own demand side',
  'other demand side',
] as const;
type Reader = (typeof READERS)[number];

/** whole: with what only its own see; part: without; done: it may be done; none: refused, or not even there. */
type Access = 'whole' | 'part' | 'done' | 'none';

interface Row {
  readonly what: string;
  readonly method?: 'put' | 'post' | 'delete';
  /** `{name}` stands for the id of a thing made before the test. */
  readonly path: string;
  readonly body?: object;
  /** Others see a part of it, which lacks `own`. */
  readonly parted?: true;
  /** In the order of READERS. */
  readonly cells: readonly Access[];
}

const NONE: Access = 'none';
const only = (access: Access, ...readers: Reader[]): Access[] =>
  READERS.map((reader) => (readers.includes(reader) ? access : NONE));
const wholeFor = (...readers: Reader[]): Access[] =>
  READERS.map((reader) => (reader === 'visitor' ? NONE : readers.includes(reader) ? 'whole' : 'part'));

/** Writes bear a version that never was, so what may be done is answered with 412 and changes nothing. */
const STALE = 999;
const profile = { name: 'Changed', country: 'DK' };
const ROWS: readonly Row[] = [
  {
    what: 'read an SME',
    path: '/smes/{sme}',
    parted: true,
    cells: wholeFor('staff', 'own cluster', 'own SME'),
  },
  {
    what: 'change an SME',
    method: 'put',
    path: '/smes/{sme}',
    body: profile,
    cells: only('done', 'staff', 'own cluster', 'own SME'),
  },
  {
    what: 'list the members of a cluster',
    path: '/clusters/censec/members',
    cells: only('whole', 'staff', 'own cluster'),
  },
  {
    what: 'see what leaving would mean',
    path: '/clusters/censec/leaving',
    cells: only('whole', 'staff', 'own cluster'),
  },
  {
    what: 'read the answers of an SME',
    path: '/smes/{sme}/answers',
    cells: only('whole', 'staff', 'own cluster', 'own SME'),
  },
  {
    what: 'read a need that is not published',
    path: '/needs/{draft}',
    cells: only('whole', 'staff', 'own demand side'),
  },
  {
    what: 'change a need',
    method: 'put',
    path: '/needs/{draft}',
    body: { version: STALE, need: needInput() },
    cells: only('done', 'staff', 'own demand side'),
  },
  {
    what: 'read a consortium',
    path: '/consortia/{consortium}',
    cells: only('whole', 'staff', 'own cluster', 'own SME'),
  },
  {
    what: 'read its dossier',
    path: '/consortia/{consortium}/dossier',
    cells: only('whole', 'staff', 'own cluster', 'own SME'),
  },
  {
    what: 'change a consortium',
    method: 'put',
    path: '/consortia/{consortium}',
    body: {
      version: STALE,
      details: {
        title: 'Changed',
        summary: '',
        instrumentId: null,
        leadSmeId: null,
        solutionA: null,
        solutionB: null,
      },
    },
    cells: only('done', 'staff', 'own SME'),
  },
  {
    what: 'read a light report',
    path: '/report-periods/{period}/reports/censec',
    cells: only('whole', 'staff', 'own cluster'),
  },
  {
    what: 'write a light report',
    method: 'put',
    path: '/report-periods/{period}/reports/censec',
    body: { version: STALE, report: { activities: [], comments: '' } },
    cells: only('done', 'own cluster'),
  },
  {
    what: 'read a question',
    path: '/questions/{question}',
    cells: only('whole', 'staff', 'own cluster'),
  },
  {
    what: 'write to a question',
    method: 'post',
    path: '/questions/{question}/messages',
    body: { version: STALE, words: 'And then?' },
    cells: only('done', 'staff', 'own cluster'),
  },
  {
    what: 'read an application by its id',
    path: '/ambassador-applications/{application}',
    cells: only('whole', 'staff'),
  },
];

describe('what belongs to somebody', () => {
  let app: TestApp;
  const people = new Map<Reader, SignedIn>();
  const ids: Record<string, string> = {};

  const agentOf = (reader: Reader): TestAgent => people.get(reader)?.agent ?? app.agent();
  const signedIn = (reader: Reader): SignedIn => {
    const person = people.get(reader);
    if (!person) throw new Error(`${reader} is not signed in`);
    return person;
  };

  async function newSme(name: string, country: string, clusterId: string): Promise<string> {
    const input = smeInput({
      name,
      country,
      solutions: [{ title: 'Sensor', offer: 'a sensor that detects intruders', trl: 6 }],
      declaration: { headcount: 10, turnoverEur: 1e6, balanceSheetEur: 1e6, links: [], date: '2026-01-01' },
      confidential: {
        contactName: `Head of ${name}`,
        contactEmail: `${country.toLowerCase()}@secret.example`,
      },
    });
    return (await app.tandem.services.smes.create(staffViewer, clusterId, input)).id;
  }

  before(async () => {
    app = await startTestApp();
    const sme = await newSme('Own', 'DK', 'censec');
    const partner = await newSme('Partner', 'FR', 'pole-scs');
    people.set('staff', await app.signInAs('staff'));
    people.set('own cluster', await app.signInAs('cluster', { clusterId: 'censec' }));
    people.set('other cluster', await app.signInAs('cluster', { clusterId: 'lsec' }));
    people.set('own SME', await app.signInAs('sme', { smeId: sme }));
    people.set('other SME', await app.signInAs('sme', { smeId: await newSme('Other', 'BE', 'lsec') }));
    people.set('own demand side', await app.signInAs('demand'));
    people.set('other demand side', await app.signInAs('demand'));
    const staff = agentOf('staff');
    const proposed = await staff.post('/api/v1/consortia').send({ a: sme, b: partner }).expect(201);
    const today = app.clock().toISOString().slice(0, 10);
    const period = await staff
      .post('/api/v1/report-periods')
      .send({ name: 'Today', from: today, to: today, dueOn: today })
      .expect(201);
    const question = await agentOf('own cluster')
      .post('/api/v1/questions')
      .send({ subject: 'Deadline', topic: 'call', words: 'When?' })
      .expect(201);
    await submit(app);
    const queue = await staff.get('/api/v1/ambassador-applications').expect(200);
    Object.assign(ids, {
      sme,
      draft: (await stateNeed(signedIn('own demand side'))).id,
      consortium: (proposed.body as ConsortiumView).id,
      period: (period.body as PeriodView).id,
      question: (question.body as { id: string }).id,
      application: (queue.body as { items: { id: string }[] }).items[0]?.id,
    });
  });
  after(() => app.stop());

  /** What a reader gets of a row; the status where it is neither given nor refused. */
  async function accessOf({ method, path, body, parted }: Row, reader: Reader): Promise<Access | number> {
    const url = `/api/v1${path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'none')}`;
    const reply =
      method === undefined
        ? await agentOf(reader).get(url)
        : await agentOf(reader)[method](url).set('If-Match', `"${STALE}"`).send(body);
    if ([401, 403, 404].includes(reply.status)) return 'none';
    if (method !== undefined) return [409, 412].includes(reply.status) ? 'done' : reply.status;
    if (reply.status !== 200) return reply.status;
    return parted === true && !('own' in (reply.body as object)) ? 'part' : 'whole';
  }

  for (const row of ROWS) {
    it(`${row.what}: ${READERS.filter((_, at) => row.cells[at] !== NONE).join(', ')}`, async () => {
      const found = await Promise.all(
        READERS.map(async (reader) => `${reader}: ${await accessOf(row, reader)}`),
      );
      expect(found).to.deep.equal(READERS.map((reader, at) => `${reader}: ${row.cells[at] ?? ''}`));
    });
  }

  it('keeps the contact of an SME from everybody but its own', async () => {
    for (const reader of READERS) {
      const seen = JSON.stringify((await agentOf(reader).get(`/api/v1/smes/${ids['sme'] ?? ''}`)).body);
      const own = ['staff', 'own cluster', 'own SME'].includes(reader);
      expect(seen.includes('dk@secret.example'), reader).to.equal(own);
    }
  });

  it('hands everything about somebody to that person alone', async () => {
    for (const reader of READERS.filter((one) => one !== 'visitor')) {
      const file = await agentOf(reader).get('/api/v1/privacy/everything.json').expect(200);
      const text = JSON.stringify(file.body);
      expect(text.includes('dk@secret.example'), reader).to.equal(reader === 'own SME');
      const strangers = READERS.filter((one) => one !== 'visitor' && one !== reader);
      for (const other of strangers)
        expect(text.includes(signedIn(other).email), `${reader} about ${other}`).to.equal(false);
    }
    await app.agent().get('/api/v1/privacy/everything.json').expect(401);
  });
});
