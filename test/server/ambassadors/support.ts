import { FILL_MIN_MS } from '../../../server/ambassadors/form-token.ts';
import type {
  ApplicationForm,
  ApplicationInput,
  OwnApplication,
} from '../../../server/ambassadors/schema.ts';
import type { TestApp } from '../../support/app.ts';

/** An application that fits, and what a test changes. */
export function applicationInput(overrides: Partial<ApplicationInput> = {}) {
  return {
    name: 'Hellenic Security Cluster',
    country: 'GR',
    region: 'Attica',
    website: 'www.hsc.example.eu',
    contactName: 'Eleni Example',
    contactEmail: 'eleni@hsc.example.eu',
    members: 90,
    audience: 1_500,
    eventsPerYear: 6,
    outreach: 'A newsletter each month.',
    involvement: 'innosup',
    projects: 'Partner in a project of vouchers.',
    motivation: 'Our members look for partners in other countries and find none.',
    ...overrides,
  };
}

/** Opens the form and waits for as long as a person needs. */
export async function openForm(app: TestApp): Promise<ApplicationForm> {
  const opened = await app.agent().get('/api/v1/ambassador-applications/form').expect(200);
  app.clock.advance(FILL_MIN_MS);
  return opened.body as ApplicationForm;
}

/** Sends an application; the link is in the mail. */
export async function apply(app: TestApp, overrides: Partial<ApplicationInput> = {}): Promise<string> {
  const { form, consent } = await openForm(app);
  const application = applicationInput(overrides);
  await app
    .agent()
    .post('/api/v1/ambassador-applications')
    .send({ form, consentVersion: consent.version, application })
    .expect(202);
  return app.tokenMailedTo(application.contactEmail);
}

/** Sends and confirms one; answers with its link's token and what its applicant sees. */
export async function submit(
  app: TestApp,
  overrides: Partial<ApplicationInput> = {},
): Promise<{ token: string; own: OwnApplication }> {
  const token = await apply(app, overrides);
  const confirmed = await app
    .agent()
    .post('/api/v1/ambassador-applications/confirm')
    .send({ token })
    .expect(200);
  return { token, own: confirmed.body as OwnApplication };
}
