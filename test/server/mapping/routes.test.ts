import { expect } from 'chai';
import type { CommandStartedEvent } from 'mongodb';
import type TestAgent from 'supertest/lib/agent.js';
import type {
  FacetsReply,
  MatrixView,
  SolutionPage,
  SolutionPageView,
} from '../../../server/mapping/schema.ts';
import type { SmeView } from '../../../server/smes/schema.ts';
import { smeInput } from '../smes/support.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';

interface Listed {
  statusCode: number;
}

describe('mapping routes', () => {
  let app: TestApp;
  let staff: SignedIn;
  let cluster: SignedIn;
  let own: SmeView;
  let hidden: SmeView;

  async function register(clusterId: string, profile: Record<string, unknown>): Promise<SmeView> {
    const reply = await staff.agent.post('/api/v1/smes').send({ clusterId, profile }).expect(201);
    return reply.body as SmeView;
  }
  const agree = (who: SignedIn, state: 'given' | 'withdrawn') =>
    who.agent.put('/api/v1/privacy/consents/public-map').send({ state, textVersion: 1 }).expect(200);
  const search = async (agent: TestAgent, query = ''): Promise<SolutionPage> =>
    (await agent.get(`/api/v1/mapping/solutions?${query}`).expect(200)).body as SolutionPage;
  const titles = (page: SolutionPage): string[] => page.items.map(({ title }) => title);
  async function open(isPublic: boolean): Promise<void> {
    const { version } = (await staff.agent.get('/api/v1/mapping/settings').expect(200)).body as {
      version: number;
    };
    await staff.agent.put('/api/v1/mapping/settings').send({ version, isPublic }).expect(200);
  }

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    cluster = await app.signInAs('cluster', { clusterId: 'censec' });
    own = await register('censec', {
      name: 'Harbour Lights ApS',
      country: 'DK',
      website: 'www.harbour.example',
      solutions: [
        {
          title: 'Drone detection radar',
          offer: '=Passive radar',
          trl: 7,
          capabilities: ['intrusion_detection_honeypots'],
          fields: ['protection_public_spaces'],
        },
      ],
      confidential: { contactName: 'Nora Secret', contactEmail: 'nora@harbour.example' },
    });
    const agreeing = await app.signInAs('sme', { smeId: own.id });
    await agree(agreeing, 'given');
    hidden = await register('lsec', {
      name: 'Quiet NV',
      country: 'BE',
      solutions: [
        {
          title: 'Post-quantum key vault',
          trl: 8,
          capabilities: ['post-quantum_cryptography'],
          phases: ['recover'],
        },
      ],
    });
  });
  after(() => app.stop());

  it('find a solution at once after it was registered, changed or withdrawn', async () => {
    const fresh = await register('censec', {
      name: 'Brief ApS',
      country: 'DK',
      solutions: [{ title: 'Smoke sensor' }],
    });
    expect(titles(await search(staff.agent, 'q=smoke'))).to.deep.equal(['Smoke sensor']);
    const profile = { name: 'Brief ApS', country: 'DK', solutions: [{ title: 'Flood gauge' }] };
    await staff.agent.put(`/api/v1/smes/${fresh.id}`).set('If-Match', '"1"').send(profile).expect(200);
    expect(titles(await search(staff.agent, 'q=smoke'))).to.deep.equal([]);
    expect(titles(await search(staff.agent, 'q=flood'))).to.deep.equal(['Flood gauge']);
    await staff.agent.delete(`/api/v1/smes/${fresh.id}`).expect(204);
    expect((await search(staff.agent, 'q=flood')).total).to.equal(0);
    const { countries } = (await staff.agent.get('/api/v1/mapping/facets').expect(200)).body as FacetsReply;
    expect(countries.find(({ value }) => value === 'DK')?.count).to.equal(1);
  });

  it('see what another process wrote', async () => {
    const other = await startTestApp({ storage: app.storage });
    try {
      const desk = await other.signInAs('staff');
      expect((await search(desk.agent)).total).to.equal(2);
      const made = await register('censec', {
        name: 'Elsewhere ApS',
        country: 'DK',
        solutions: [{ title: 'Tide alarm' }],
      });
      expect(titles(await search(desk.agent, 'q=tide'))).to.deep.equal(['Tide alarm']);
      await staff.agent.delete(`/api/v1/smes/${made.id}`).expect(204);
      expect((await search(desk.agent, 'q=tide')).total).to.equal(0);
    } finally {
      await other.tandem.stop();
    }
  });

  it('say which phases were declared and which are derived', async () => {
    const { items } = await search(staff.agent, 'sort=title');
    expect(items.map(({ phases, phaseOrigin }) => [phases, phaseOrigin])).to.deep.equal([
      [['detect'], 'derived'],
      [['recover'], 'declared'],
    ]);
  });

  it('show non-confidential parts only, and no way to reach the company without an account', async () => {
    await open(true);
    for (const agent of [cluster.agent, app.agent()]) {
      const path = `/api/v1/mapping/solutions/${own.id}/${own.solutions[0]?.id ?? ''}`;
      const reply = await agent.get(path).expect(200);
      expect(JSON.stringify(reply.body)).to.not.contain('Nora').and.not.contain('nora@');
      const { website } = reply.body as SolutionPageView;
      expect(website).to.equal(agent === cluster.agent ? 'www.harbour.example' : null);
    }
    await open(false);
  });

  it('are closed to strangers until staff open them, and then leave out who has not agreed to it', async () => {
    const paths = ['solutions', 'facets', 'matrix', `solutions/${own.id}/${own.solutions[0]?.id ?? ''}`];
    for (const path of paths) await app.agent().get(`/api/v1/mapping/${path}`).expect(401);
    await app.agent().get('/api/v1/use-cases').expect(401);
    await cluster.agent.put('/api/v1/mapping/settings').send({ version: 2, isPublic: true }).expect(403);
    await open(true);
    expect(titles(await search(app.agent()))).to.deep.equal(['Drone detection radar']);
    await app
      .agent()
      .get(`/api/v1/mapping/solutions/${hidden.id}/${hidden.solutions[0]?.id ?? ''}`)
      .expect(404);
    const facets = (await app.agent().get('/api/v1/mapping/facets').expect(200)).body as FacetsReply;
    expect(facets.total).to.equal(1);
    const matrix = (await app.agent().get('/api/v1/mapping/matrix').expect(200)).body as MatrixView;
    expect(matrix.countries.map(({ code }) => code)).to.deep.equal(['DK']);
    await app.agent().get('/api/v1/mapping/solutions.csv').expect(401);
    await open(false);
  });

  it('show a company to strangers from its consent on, and no longer once it took that back', async () => {
    await open(true);
    const person = await app.signInAs('sme', { smeId: hidden.id });
    const page = `/api/v1/mapping/solutions/${hidden.id}/${hidden.solutions[0]?.id ?? ''}`;
    await agree(person, 'given');
    expect((await search(app.agent())).total).to.equal(2);
    await app.agent().get(page).expect(200);
    await agree(person, 'withdrawn');
    expect(titles(await search(app.agent()))).to.deep.equal(['Drone detection radar']);
    await app.agent().get(page).expect(404);
    expect((await search(staff.agent)).total).to.equal(2);
    await open(false);
  });

  it('let one of two who switch at once through', async () => {
    const { version } = (await staff.agent.get('/api/v1/mapping/settings').expect(200)).body as {
      version: number;
    };
    const put = (): Promise<Listed> =>
      staff.agent
        .put('/api/v1/mapping/settings')
        .send({ version, isPublic: true })
        .then((reply) => reply);
    const replies = await Promise.all([put(), put()]);
    expect(replies.map(({ statusCode }) => statusCode).sort()).to.deep.equal([200, 412]);
    await open(false);
  });

  it('name what is wrong with a query', async () => {
    const wrong = [
      'capabilities=nonsense',
      'phases=panic',
      'trlMin=8&trlMax=5',
      'countries=Atlantis',
      'cursor=abc',
    ];
    for (const query of wrong) await staff.agent.get(`/api/v1/mapping/solutions?${query}`).expect(400);
    await staff.agent.get('/api/v1/mapping/matrix?domain=hash_functions').expect(400);
  });

  it('give the search as a CSV file without formulas and as JSON, and record that', async () => {
    const csv = await cluster.agent.get('/api/v1/mapping/solutions.csv?countries=DK').expect(200);
    expect(csv.text.split('\r\n')).to.have.length(3);
    expect(csv.text).to.contain("'=Passive radar").and.not.contain('Quiet');
    const json = await cluster.agent.get('/api/v1/mapping/solutions.json').expect(200);
    const { solutions } = json.body as { solutions: { title: string }[] };
    expect(solutions.map(({ title }) => title)).to.have.members([
      'Drone detection radar',
      'Post-quantum key vault',
    ]);
    const recorded = await app.storage.storage.connection
      .collection('audit')
      .countDocuments({ action: 'mapping.export' });
    expect(recorded).to.equal(2);
  });

  it('count as many database commands for many solutions as for few', async () => {
    const client = app.storage.storage.connection.getClient();
    const commands: string[] = [];
    const read = new Set<unknown>(['smes', 'clusters', 'useCases']);
    const listener = ({ commandName, command }: CommandStartedEvent): void => {
      if (read.has(command[commandName])) commands.push(commandName);
    };
    client.on('commandStarted', listener);
    const paths = [
      'solutions?limit=100',
      'facets',
      'matrix',
      `solutions/${own.id}/${own.solutions[0]?.id ?? ''}`,
    ];
    async function countAll(): Promise<number[]> {
      const counts: number[] = [];
      for (const path of paths) {
        // The matcher looks at the database now and then, too: the least of several times is the page's own.
        let least = Infinity;
        for (let time = 0; time < 8; time++) {
          commands.length = 0;
          await staff.agent.get(`/api/v1/mapping/${path}`).expect(200);
          least = Math.min(least, commands.length);
        }
        counts.push(least);
      }
      return counts;
    }
    try {
      const few = await countAll();
      expect(Math.min(...few)).to.be.greaterThan(0);
      // Past the service that would tell the matcher, whose work would be counted too.
      await app.tandem.services.smes.createMany(
        Array.from({ length: 200 }, (_, i) => ({
          id: `more-${i}`,
          clusterId: 'censec',
          input: smeInput({
            name: `More ${i}`,
            solutions: [{ title: `Solution ${i}`, fields: ['protection_public_spaces'] }],
          }),
          source: null,
          externalId: null,
        })),
      );
      expect(await countAll()).to.deep.equal(few);
    } finally {
      client.off('commandStarted', listener);
    }
  });
});
