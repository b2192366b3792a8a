import type TestAgent from 'supertest/lib/agent.js';
import type { ConsortiumView } from '../../server/consortia/schema.ts';
import type { SmeView } from '../../server/smes/schema.ts';
import type { TestApp } from './app.ts';

const declaration = { headcount: 10, turnoverEur: 1e6, balanceSheetEur: 1e6, links: [], date: '2026-01-01' };

export interface Programme {
  /** Ids of SMEs by country. */
  readonly smes: Readonly<Record<string, string>>;
  readonly staff: TestAgent;
  /** Formed, by the SMEs of FR and BE. */
  readonly consortiumId: string;
}

/** One SME for each of these countries (FR and BE among them), and a formed consortium with its title. */
export async function startProgramme(app: TestApp, countries: readonly string[]): Promise<Programme> {
  const { agent: staff } = await app.signInAs('staff');
  const smes: Record<string, string> = {};
  for (const country of countries) {
    const profile = {
      name: `Quiet Fence ${country}`,
      country,
      solutions: [{ title: 'Fence sensor', offer: 'a sensor that detects intruders', trl: 6 }],
      declaration,
      confidential: { contactName: 'Ada', contactEmail: `ada@${country.toLowerCase()}.example` },
    };
    const clusterId = country === 'FR' ? 'pole-scs' : 'lsec';
    const made = await staff.post('/api/v1/smes').send({ clusterId, profile }).expect(201);
    smes[country] = (made.body as SmeView).id;
  }
  return { smes, staff, consortiumId: await formed(app, staff, smes) };
}

async function formed(
  app: TestApp,
  staff: TestAgent,
  smes: Readonly<Record<string, string>>,
): Promise<string> {
  const pair = { a: smes['FR'], b: smes['BE'] };
  const proposed = (await staff.post('/api/v1/consortia').send(pair).expect(201)).body as ConsortiumView;
  const path = `/api/v1/consortia/${proposed.id}`;
  const solutionOf = async ({ id }: { id: string }): Promise<string | null> => {
    const sme = (await staff.get(`/api/v1/smes/${id}`).expect(200)).body as SmeView;
    return sme.solutions[0]?.id ?? null;
  };
  const details = {
    instrumentId: 'prototyping',
    title: 'Quiet fences for two ports',
    summary: 'Sensors on fences that tell people from animals.',
    solutionA: await solutionOf(proposed.a),
    solutionB: await solutionOf(proposed.b),
    leadSmeId: proposed.a.id,
  };
  const changed = await staff.put(path).send({ version: proposed.version, details }).expect(200);
  const { version } = changed.body as ConsortiumView;
  for (const smeId of Object.values(pair)) {
    if (smeId === undefined) throw new Error('FR and BE must be among the countries.');
    const { agent } = await app.signInAs('sme', { smeId });
    await agent.post(`${path}/confirm`).send({ version }).expect(200);
  }
  return proposed.id;
}
