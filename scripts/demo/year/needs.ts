import type { CallView } from '../../../server/calls/schema.ts';
import type { ChallengeView } from '../../../server/challenges/schema.ts';
import type { NeedInput, NeedView } from '../../../server/needs/schema.ts';
import type { Visitor } from '../visitor.ts';
import { enrol } from '../cast.ts';
import { expect, type Story } from './story.ts';

/** Organisations of the demand side, by name; what they need is worded by the challenges of the call that ships with the software. */
const ORGANISATIONS: readonly Pick<NeedInput, 'organisation' | 'organisationKind' | 'country'>[] = [
  { organisation: 'Year integrator', organisationKind: 'integrator', country: 'FR' },
  { organisation: 'Year city', organisationKind: 'public-authority', country: 'LT' },
  { organisation: 'Year operator', organisationKind: 'operator', country: 'NL' },
];

export interface NeedsSummary {
  readonly needsStated: number;
  readonly needsPublished: number;
  readonly needsRejected: number;
  readonly challenges: number;
}

const step = (who: Visitor, need: NeedView, name: string, reason = ''): Promise<NeedView> =>
  who.call<NeedView>('POST', `/needs/${need.id}/steps`, {
    body: { step: name, version: need.own?.version ?? 0, reason },
  });

/** The demand side states what it needs; staff ask one back, reject one, publish the rest and make a challenge of two of them. */
export async function stateNeeds(story: Story, shipped: CallView): Promise<NeedsSummary> {
  const { people, server, tell } = story;
  const staff = await people.signIn('staff');
  const stated: { who: Visitor; need: NeedView }[] = [];
  for (const [at, organisation] of ORGANISATIONS.entries()) {
    const name = `demand-${at + 1}`;
    const invitation = {
      role: 'demand' as const,
      email: `${name}@year.example`,
      organisation: organisation.organisation,
    };
    const { visitor, login } = await enrol(server, staff, invitation, organisation.organisation);
    people.add(name, login);
    const confidential = { contactName: organisation.organisation, contactEmail: login.email };
    for (const theme of shipped.challenges.slice(2 * at, 2 * at + 2)) {
      const { words, capabilities, technologies, fields, sectors, trlMin, trlMax } = theme;
      const title = words.split(/[.:;\n]/)[0]?.slice(0, 150) ?? words.slice(0, 150);
      const terms = { capabilities, technologies, fields, sectors };
      const wanted = Object.fromEntries(
        Object.entries(terms).map(([facet, ids]) => [facet, ids.slice(0, 10)]),
      );
      const need = await visitor.call<NeedView>('POST', '/needs', {
        body: { need: { ...organisation, title, words, ...wanted, trlMin, trlMax, confidential } },
      });
      stated.push({ who: visitor, need: await step(visitor, need, 'submit') });
    }
  }
  const published: NeedView[] = [];
  for (const [at, { who, need }] of stated.entries()) {
    if (at === 0) {
      const asked = await step(staff, need, 'ask-back', 'By when is it wanted?');
      const again = await step(who, { ...asked, own: (await read(who, need.id)).own }, 'submit');
      published.push(await step(staff, await read(staff, again.id), 'publish'));
    } else if (at === stated.length - 1) {
      await step(staff, need, 'reject', 'It is outside the fields of the call.');
    } else published.push(await step(staff, need, 'publish'));
  }
  const challenges = await makeChallenge(story, staff, published.slice(0, 2));
  expect(story, 'challenges that reached the call', challenges, 1);
  tell(`${stated.length} needs are stated, ${published.length} of them published`);
  return {
    needsStated: stated.length,
    needsPublished: published.length,
    needsRejected: stated.length - published.length,
    challenges,
  };
}

const read = (who: Visitor, id: string): Promise<NeedView> => who.call<NeedView>('GET', `/needs/${id}`);

/** Two needs put together as one challenge of the call in force; answers with how many challenges the call has then. */
async function makeChallenge(story: Story, staff: Visitor, needs: readonly NeedView[]): Promise<number> {
  const draft = await staff.call<ChallengeView>('POST', '/challenges', {
    body: { needIds: needs.map(({ id }) => id) },
  });
  await staff.call<ChallengeView>('POST', `/challenges/${draft.id}/steps`, {
    body: { step: 'publish', version: draft.version },
  });
  const call = await staff.call<CallView>('GET', '/call');
  story.tell(`A challenge is made of ${needs.length} needs`);
  return call.challenges.length;
}
