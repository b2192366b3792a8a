import { randomBytes } from 'node:crypto';
import type { SessionView } from '../../../server/accounts/schema.ts';
import type {
  ApplicationCard,
  ApplicationForm,
  ApplicationInput,
  Decide,
  Decided,
  OwnApplication,
} from '../../../server/ambassadors/schema.ts';
import { readAll } from '../cast.ts';
import { mailedToken } from '../mailbox.ts';
import { untilThere, type Visitor } from '../visitor.ts';
import type { Manager } from './reports.ts';
import { expect, type Story } from './story.ts';

const PATH = '/ambassador-applications';

interface Applicant {
  readonly application: ApplicationInput;
  /** What the team decides in the end. */
  readonly verdict: 'accept' | 'reject';
  /** It is asked something first. */
  readonly asked: boolean;
}

const applicant = (
  name: string,
  country: string,
  rest: Partial<ApplicationInput>,
  { verdict, asked = false }: { verdict: Applicant['verdict']; asked?: boolean },
): Applicant => {
  const host = `${name.toLowerCase().replaceAll(' ', '-')}.example`;
  const application: ApplicationInput = {
    name,
    country,
    region: null,
    website: `www.${host}`,
    contactName: `Office of ${name}`,
    contactEmail: `office@${host}`,
    members: 60,
    audience: 1_200,
    eventsPerYear: 4,
    outreach: 'A monthly newsletter, and a stand at two fairs.',
    involvement: 'none',
    projects: '',
    motivation: 'Our members look for partners in other countries and find none by themselves.',
    ...rest,
  };
  return { application, verdict, asked };
};

/** Clusters that stand in for those that would apply: made up, and named so. */
const APPLICANTS: readonly Applicant[] = [
  applicant(
    'Year Cluster Athens',
    'GR',
    { involvement: 'innosup', projects: 'INNOSUP' },
    { verdict: 'accept' },
  ),
  applicant('Year Cluster Bucharest', 'RO', { members: 140 }, { verdict: 'accept', asked: true }),
  applicant('Year Cluster Lisbon', 'PT', { involvement: 'fstp', projects: 'FSTP' }, { verdict: 'accept' }),
  applicant(
    'Year Cluster Paris',
    'FR',
    { members: 5, audience: 20, eventsPerYear: 0 },
    { verdict: 'reject' },
  ),
];

export interface ApplicationsSummary {
  readonly applications: number;
  readonly clustersAccepted: number;
  readonly applicationsRejected: number;
}

/** Clusters write expressions of interest, without an account; what they wrote stays out of the queue until the mailed link is opened. */
export async function applyAll(story: Story): Promise<void> {
  const { people, calendar, tell } = story;
  const forms: { from: Visitor; form: ApplicationForm }[] = [];
  for (const _ of APPLICANTS) {
    const from = people.passerBy();
    forms.push({ from, form: await from.call<ApplicationForm>('GET', `${PATH}/form`) });
  }
  // A form takes a person some minutes.
  calendar.wait(10);
  for (const [at, { from, form }] of forms.entries()) {
    const application = APPLICANTS[at]?.application;
    await from.call('POST', PATH, {
      body: { form: form.form, consentVersion: form.consent.version, application },
    });
  }
  const staff = await people.signIn('staff');
  const before = await readAll<ApplicationCard>(staff, PATH);
  expect(story, 'applications in the queue before their links were opened', before.length, 0);
  for (const { application } of APPLICANTS) {
    const token = await linkMailedTo(story, application.contactEmail);
    await people.passerBy().call<OwnApplication>('POST', `${PATH}/confirm`, { body: { token } });
  }
  const queue = await readAll<ApplicationCard>(staff, PATH);
  expect(story, 'applications in the queue', queue.length, APPLICANTS.length);
  expect(story, 'the last of the queue by score', queue.at(-1)?.name, 'Year Cluster Paris');
  tell(`${queue.length} clusters have applied`);
}

/** The newest link mailed to an applicant, once there is another one than the one given. */
const linkMailedTo = ({ server }: Story, email: string, before: string | null = null): Promise<string> =>
  untilThere(`the link to ${email} is mailed`, 20_000, async () => {
    const token = await mailedToken(server.dataDir, email, 'ambassadors/application');
    return token === before ? null : token;
  });

/** The team looks through the queue: asks one, rejects one, accepts the others, whose people come in by the invitation that is mailed. */
export async function decideAll(story: Story): Promise<ApplicationsSummary & { managers: Manager[] }> {
  const { people, tell } = story;
  const staff = await people.signIn('staff');
  const queue = await readAll<ApplicationCard>(staff, PATH);
  const managers: Manager[] = [];
  for (const { application, verdict, asked } of APPLICANTS) {
    const id = queue.find(({ name }) => name === application.name)?.id ?? '';
    if (asked) await askFirst(story, staff, id, application);
    const { application: decided, invitationProblem } = await decide(staff, id, {
      verdict,
      reason:
        verdict === 'accept' ? 'Welcome, your country comes first.' : 'There is a cluster there already.',
    });
    expect(story, `${application.name} is`, decided.state, verdict === 'accept' ? 'accepted' : 'rejected');
    expect(story, `what keeps ${application.name} from being invited`, invitationProblem, null);
    if (decided.clusterId !== null) {
      await comeIn(story, application);
      managers.push({ name: application.contactEmail, clusterId: decided.clusterId });
    }
  }
  tell(`${managers.length} clusters are accepted`);
  return {
    applications: APPLICANTS.length,
    clustersAccepted: managers.length,
    applicationsRejected: APPLICANTS.length - managers.length,
    managers,
  };
}

async function decide(
  staff: Visitor,
  id: string,
  { verdict, reason }: Pick<Decide, 'verdict' | 'reason'>,
): Promise<Decided> {
  const { version } = await staff.call<{ version: number }>('GET', `${PATH}/${id}`);
  return staff.call<Decided>('POST', `${PATH}/${id}/decision`, { body: { version, verdict, reason } });
}

async function askFirst(
  story: Story,
  staff: Visitor,
  id: string,
  application: ApplicationInput,
): Promise<void> {
  const first = await linkMailedTo(story, application.contactEmail);
  await decide(staff, id, { verdict: 'ask', reason: 'How many of your members work in security?' });
  const token = await linkMailedTo(story, application.contactEmail, first);
  const asked = await story.people
    .passerBy()
    .call<OwnApplication>('POST', `${PATH}/look-up`, { body: { token } });
  const answered = await story.people.passerBy().call<OwnApplication>('PUT', `${PATH}/own`, {
    body: { token, version: asked.version, application, answer: 'About half of them.' },
  });
  expect(story, `${application.name}, having answered, is`, answered.state, 'submitted');
}

/** Follows the invitation that an accepted cluster is mailed. */
async function comeIn(
  { server, people }: Story,
  { contactEmail, contactName }: ApplicationInput,
): Promise<void> {
  const token = await untilThere(`the invitation of ${contactEmail} is mailed`, 20_000, () =>
    mailedToken(server.dataDir, contactEmail, 'invitation'),
  );
  const password = randomBytes(12).toString('base64url');
  await people.passerBy().call<SessionView>('POST', '/invitations/accept', {
    body: { token, name: contactName, password },
  });
  people.add(contactEmail, { who: 'cluster', email: contactEmail, password });
}
