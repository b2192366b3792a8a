import type { CallView } from '../../server/calls/schema.ts';
import type { ConsortiumView } from '../../server/consortia/schema.ts';
import type {
  DraftView,
  EventView,
  MeetingView,
  MyEvent,
  MyMeeting,
  RequestView,
} from '../../server/events/schema.ts';
import type { SmeView } from '../../server/smes/schema.ts';
import { readAll } from './cast.ts';
import type { Participant } from './event.ts';
import { pick } from './random.ts';
import { UnexpectedAnswer, type Visitor } from './visitor.ts';

/*
 * What people do at a matchmaking event, one thing at a time, through the public API alone.
 */

/** Staff at the desk of one event. */
export interface Desk {
  readonly staff: Visitor;
  readonly eventId: string;
}

/** Staff create an event for everybody, announce it and open the doors. */
export async function openEvent(
  staff: Visitor,
  { tables, rounds, now = new Date() }: { tables: number; rounds: number; now?: Date },
): Promise<Desk> {
  const event = await staff.call<EventView>('POST', '/events', {
    body: {
      name: 'Demo matchmaking event',
      description: 'Companies of the demo meet in rounds.',
      place: { kind: 'venue', address: 'Demo hall, Brussels', tables },
      timeZone: 'Europe/Brussels',
      timetable: {
        startsAt: new Date(now.getTime() + 60_000).toISOString(),
        rounds,
        roundMinutes: 15,
        breakMinutes: 5,
      },
      invited: { all: true },
    },
  });
  const desk = { staff, eventId: event.id };
  await act(desk, 'publish');
  return desk;
}

/** One step of the event's life: publish, open, pause, resume, end or cancel. */
export function act({ staff, eventId }: Desk, action: string): Promise<EventView> {
  return staff.call<EventView>('POST', `/events/${eventId}/actions`, { body: { action } });
}

export function mine({ eventId }: Desk, { visitor }: Participant): Promise<MyEvent> {
  return visitor.call<MyEvent>('GET', `/events/${eventId}/mine`);
}

/** Says that it is coming, is there, or has to go. */
export async function say(
  { eventId }: Desk,
  { visitor, sme }: Participant,
  state: 'expected' | 'here' | 'left',
): Promise<void> {
  await visitor.call('PUT', `/events/${eventId}/participants/${sme.id}`, { body: { state } });
}

/** Wishes for the first partner that is suggested at the event; false where there is none. */
export async function wish({ eventId }: Desk, { visitor }: Participant): Promise<boolean> {
  const { here, expected } = await visitor.call<{
    here: { partner: { id: string } }[];
    expected: { partner: { id: string } }[];
  }>('GET', `/events/${eventId}/partners`);
  const first = here[0] ?? expected[0];
  if (!first) return false;
  const partnerId = first.partner.id;
  await visitor.call('PUT', `/events/${eventId}/wishes`, {
    body: { partnerId, wish: 'would-like' },
  });
  return true;
}

/** One asks, the other accepts; false where the server refused, such as because one of them has a fixed meeting by now. */
export async function agree({ eventId }: Desk, one: Participant, other: Participant): Promise<boolean> {
  try {
    const request = await one.visitor.call<RequestView>('POST', `/events/${eventId}/requests`, {
      body: { partnerId: other.sme.id, message: 'Shall we talk?' },
    });
    await other.visitor.call('POST', `/events/${eventId}/requests/${request.id}/answer`, {
      body: { answer: 'accept' },
    });
    return true;
  } catch (error) {
    if (error instanceof UnexpectedAnswer) return false;
    throw error;
  }
}

/** Staff let the engine plan all rounds to come, and publish what it proposes. */
export async function planAndPublish({ staff, eventId }: Desk): Promise<DraftView> {
  const draft = await staff.call<DraftView>('POST', `/events/${eventId}/plan`, {
    body: { who: 'here-and-expected' },
  });
  await staff.call('POST', `/events/${eventId}/plan/publish`, { body: { version: draft.version } });
  return draft;
}

/** All meetings that stand, by round. */
export async function meetingsOf({ staff, eventId }: Desk): Promise<MeetingView[]> {
  const all = await readAll<MeetingView>(staff, `/events/${eventId}/meetings`);
  return all.filter(({ state }) => state !== 'broken');
}

export async function startRound({ staff, eventId }: Desk, round: number): Promise<void> {
  await staff.call('POST', `/events/${eventId}/rounds/${round}/start`);
}

export async function endRound({ staff, eventId }: Desk, round: number): Promise<void> {
  await staff.call('POST', `/events/${eventId}/rounds/${round}/end`);
}

/** Reports that the partner of a running meeting did not come. */
export async function reportNoShow(
  { eventId }: Desk,
  { visitor }: Participant,
  meeting: MyMeeting,
): Promise<void> {
  await visitor.call('POST', `/events/${eventId}/meetings/${meeting.id}/no-show`, { body: {} });
}

/** Says after a meeting whether to go on; the better the pair, the likelier. */
export async function giveFeedback(
  { eventId }: Desk,
  { visitor }: Participant,
  meeting: MyMeeting,
  random: () => number,
): Promise<void> {
  const wanted = random() < meeting.score ? 'we-want-this' : pick(['interesting', 'no'] as const, random);
  await visitor.call('POST', `/events/${eventId}/meetings/${meeting.id}/feedback`, {
    body: { answer: wanted },
  });
}

/**
 * One side fills in the consortium, then both confirm. Answers with how it stands then; null where the server would not form it, which
 * it says in `blockers`.
 */
export async function settleConsortium(
  consortium: ConsortiumView,
  sides: readonly [Participant, Participant],
  call: CallView,
): Promise<ConsortiumView | null> {
  const [one, other] = sides;
  const path = `/consortia/${consortium.id}`;
  const solutions = await Promise.all(
    [consortium.a, consortium.b].map(async ({ id }) => {
      const profile = await one.visitor.call<SmeView>('GET', `/smes/${id}`);
      return profile.solutions.find(({ trl }) => trl !== null) ?? profile.solutions[0];
    }),
  );
  const levels = solutions.flatMap((solution) => solution?.trl ?? []);
  const instrument =
    call.instruments.find(({ trlMax }) => levels.every((trl) => trl <= trlMax)) ?? call.instruments[0];
  const agreed = await one.visitor.call<ConsortiumView>('PUT', path, {
    body: {
      version: consortium.version,
      details: {
        instrumentId: instrument?.id ?? null,
        title: `${consortium.a.name.slice(0, 60)} with ${consortium.b.name.slice(0, 60)}`,
        summary: '',
        solutionA: solutions[0]?.id ?? null,
        solutionB: solutions[1]?.id ?? null,
        leadSmeId: consortium.a.id,
      },
    },
  });
  if (agreed.blockers.length > 0) return null;
  const body = { version: agreed.version };
  await one.visitor.call('POST', `${path}/confirm`, { body });
  try {
    return await other.visitor.call<ConsortiumView>('POST', `${path}/confirm`, { body });
  } catch (error) {
    // Another consortium was faster: the server keeps everybody in one.
    if (error instanceof UnexpectedAnswer) return null;
    throw error;
  }
}
