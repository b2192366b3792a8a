import { needInputSchema, type NeedInput, type NeedView } from '../../../server/needs/schema.ts';
import type { SignedIn, TestApp } from '../../support/app.ts';
import { until } from '../../support/until.ts';

/** A need that may be submitted as it is. */
export function needInput(overrides: Partial<Record<keyof NeedInput, unknown>> = {}): NeedInput {
  return needInputSchema.parse({
    title: 'Watch the harbour',
    words: 'We look for who can tell swimmers from drones at night.',
    organisation: 'Port of Halmstad',
    organisationKind: 'operator',
    country: 'SE',
    capabilities: ['intrusion_detection_honeypots'],
    technologies: ['uav'],
    trlMin: 7,
    confidential: { contactName: 'Ida Berg', contactEmail: 'ida@port.example', notes: 'budget is 80 k' },
    ...overrides,
  });
}

/** States a need and answers with it. */
export async function stateNeed(
  who: SignedIn,
  overrides: Parameters<typeof needInput>[0] = {},
): Promise<NeedView> {
  const reply = await who.agent
    .post('/api/v1/needs')
    .send({ need: needInput(overrides) })
    .expect(201);
  return reply.body as NeedView;
}

/** Takes a step with the need as it stands. */
export async function step(who: SignedIn, needId: string, name: string, reason = ''): Promise<NeedView> {
  const now = await who.agent.get(`/api/v1/needs/${needId}`).expect(200);
  const { own } = now.body as NeedView;
  const reply = await who.agent
    .post(`/api/v1/needs/${needId}/steps`)
    .send({ step: name, version: own?.version, reason })
    .expect(200);
  return reply.body as NeedView;
}

/** A need that everybody sees. */
export async function publishedNeed(
  owner: SignedIn,
  staff: SignedIn,
  overrides: Parameters<typeof needInput>[0] = {},
): Promise<NeedView> {
  const { id } = await stateNeed(owner, overrides);
  await step(owner, id, 'submit');
  return step(staff, id, 'publish');
}

/** Registers an SME that offers these terms, and waits until the matcher knows it. */
export async function registerSme(
  app: TestApp,
  staff: SignedIn,
  profile: Record<string, unknown>,
): Promise<string> {
  const before = app.tandem.services.matchmaking.matcher.status().smes;
  const reply = await staff.agent.post('/api/v1/smes').send({ clusterId: 'censec', profile }).expect(201);
  await until(() => Promise.resolve(app.tandem.services.matchmaking.matcher.status().smes > before));
  return (reply.body as { id: string }).id;
}
