import type { PairingSummary } from '../../server/pairs/schema.ts';
import type { SmeCard, SmeInput, SmeView } from '../../server/smes/schema.ts';
import type { PartnersView } from '../../server/suggestions/schema.ts';
import type { TaxonomyView } from '../../server/taxonomy/schema.ts';
import type { WeightsPreview, WeightsView } from '../../server/weights/schema.ts';
import { asInput, demoAnswers } from './answers.ts';
import { enrol, type Login } from './cast.ts';
import { pick } from './random.ts';
import type { DemoServer } from './server-process.ts';
import { until, type Visitor } from './visitor.ts';

/** Somebody at the event: an SME with an account and an open window. */
export interface Participant {
  readonly sme: SmeCard;
  readonly visitor: Visitor;
  readonly login: Login;
}

/** Comes in: follows the invitation, opens the page, answers what the profile does not say yet. */
export async function arrive(
  server: DemoServer,
  staff: Visitor,
  sme: SmeCard,
  context: { email: string; taxonomy: TaxonomyView; today: string; random: () => number },
): Promise<Participant> {
  const { visitor, login } = await enrol(
    server,
    staff,
    { role: 'sme', email: context.email, smeId: sme.id },
    `Participant of ${sme.name}`.slice(0, 120),
  );
  await visitor.connect();
  const profile = await visitor.call<SmeView>('GET', `/smes/${sme.id}`);
  await visitor.call<SmeView>('PUT', `/smes/${sme.id}`, {
    body: demoAnswers(profile, context.taxonomy, context.today, context.random),
    ifMatch: profile.own?.version ?? 0,
  });
  return { sme, visitor, login };
}

export function partnersOf(participant: Participant): Promise<PartnersView> {
  return participant.visitor.call<PartnersView>('GET', `/smes/${participant.sme.id}/partners`);
}

/** Says 'not for me' to the first suggestion. Returns who that was; null where the list is empty. */
export async function declineFirst(participant: Participant, random: () => number): Promise<string | null> {
  const first = (await partnersOf(participant)).partners[0];
  if (first === undefined) return null;
  const reason = pick(
    ['competitor', 'already-know-them', 'wrong-field', 'wrong-maturity', 'no-capacity'],
    random,
  );
  await participant.visitor.call('POST', `/smes/${participant.sme.id}/answers`, {
    body: { partnerId: first.partner.id, answer: 'not-for-me', reason },
  });
  return first.partner.id;
}

/** Reads the own profile, changes something in it, and sends the whole back. */
async function edit({ sme, visitor }: Participant, change: (input: SmeInput) => SmeInput): Promise<void> {
  const profile = await visitor.call<SmeView>('GET', `/smes/${sme.id}`);
  await visitor.call<SmeView>('PUT', `/smes/${sme.id}`, {
    body: change(asInput(profile)),
    ifMatch: profile.own?.version ?? 0,
  });
}

/** Adds a sentence to what the first solution offers. */
export function changeOffer(participant: Participant, sentence: string): Promise<void> {
  return edit(participant, (input) => ({
    ...input,
    solutions: input.solutions.map((solution, index) =>
      index === 0 ? { ...solution, offer: `${solution.offer} ${sentence}` } : solution,
    ),
  }));
}

/** Staff try other weights, look at what would change, then save them. Returns how many lists that changed. */
export async function changeWeights(staff: Visitor): Promise<{ previewed: number }> {
  const current = await staff.call<WeightsView>('GET', '/weights');
  const values = { ...current.values, reach: Math.min(100, current.values.reach + 20) };
  const preview = await staff.call<WeightsPreview>('POST', '/weights/preview', { body: { values } });
  await staff.call<WeightsView>('POST', '/weights', {
    body: { baseVersion: current.version, values, note: 'More weight on countries that are not covered yet' },
  });
  return { previewed: preview.listsChanged + preview.listsReordered };
}

/** Waits until every open window shows the list that the server has: nothing was lost on the way. */
export async function untilEverybodyIsUpToDate(participants: readonly Participant[]): Promise<void> {
  for (const participant of participants) {
    await until(`${participant.sme.name} has its newest list`, 60_000, async () => {
      const { listVersion } = await partnersOf(participant);
      return listVersion === shownVersion(participant) || shownVersion(participant) === null;
    });
  }
}

/** Version of the list that this participant was last sent; null where none was. */
function shownVersion({ visitor }: Participant): number | null {
  const last = visitor.events.findLast((event) => event.kind === 'suggestions' && event.partners !== null);
  return last?.kind === 'suggestions' ? (last.partners?.listVersion ?? null) : null;
}

/** Faults in what was delivered: events meant for somebody else, gaps or doubles in the numbering. */
export function deliveryFaults(participants: readonly Participant[]): string[] {
  return participants.flatMap(({ sme, visitor }) => [
    ...visitor.numberingFaults.map((fault) => `${sme.name}: ${fault}`),
    ...visitor.events
      .filter((event) => 'smeId' in event && event.smeId !== sme.id)
      .map((event) => `${sme.name} was sent event ${event.seq} of somebody else`),
  ]);
}

/** Suggestion events that reached an open window. */
export function countPushes(participants: readonly Participant[]): number {
  return participants.flatMap(({ visitor }) => visitor.events.filter((event) => event.kind === 'suggestions'))
    .length;
}

export function bestPairs(staff: Visitor): Promise<PairingSummary> {
  return staff.call<PairingSummary>('GET', '/pairs/summary');
}
