import type { DisplayLinkView, EventView } from '../../server/events/schema.ts';
import { declineFirst, type Participant } from './event.ts';
import * as programme from './programme.ts';
import type { Desk } from './programme.ts';
import { pick } from './random.ts';
import { UnexpectedAnswer, type Visitor } from './visitor.ts';

const ROUNDS = 6;

/** An event that goes on for whoever watches: rounds run by the clock, people come, answer and leave. */
export class OpenRoom {
  readonly desk: Desk;
  /** Address of its projector page. */
  readonly wall: string;
  readonly #participants: readonly Participant[];
  readonly #away = new Set<Participant>();

  private constructor(desk: Desk, wall: string, participants: readonly Participant[]) {
    this.desk = desk;
    this.wall = wall;
    this.#participants = participants;
  }

  /** Doors open, everybody but the first one checked in, the plan published, round 1 running. The first one is left to the watcher. */
  static async open(staff: Visitor, participants: readonly Participant[]): Promise<OpenRoom> {
    const desk = await programme.openEvent(staff, {
      tables: Math.ceil(participants.length / 2),
      rounds: ROUNDS,
    });
    for (const participant of participants) await programme.say(desk, participant, 'expected');
    await programme.act(desk, 'open');
    for (const participant of participants.slice(1)) await programme.say(desk, participant, 'here');
    await programme.planAndPublish(desk);
    await programme.startRound(desk, 1);
    const link = await staff.call<DisplayLinkView>('POST', `/events/${desk.eventId}/displays`, {
      body: { label: 'Demo projector' },
    });
    return new OpenRoom(desk, link.url ?? '', participants);
  }

  /** Lets one thing happen; says what it was. */
  async step(random: () => number): Promise<string> {
    const started = await this.#nextRound();
    if (started !== null) return `round ${started} began`;
    const participant = pick(this.#participants.slice(1), random);
    const { name } = participant.sme;
    if (this.#away.delete(participant)) {
      await programme.say(this.desk, participant, 'here');
      return `${name} is back in the room`;
    }
    if (random() < 0.4) {
      await declineFirst(participant, random);
      return `${name} said "not for me" to a suggestion`;
    }
    this.#away.add(participant);
    await programme.say(this.desk, participant, 'left');
    return `${name} left the room`;
  }

  /** Starts the next round once its time has come; null where there is nothing to start. */
  async #nextRound(): Promise<number | null> {
    const event = await this.desk.staff.call<EventView>('GET', `/events/${this.desk.eventId}`);
    const next = event.rounds.find(({ state }) => state === 'planned');
    if (event.state !== 'open' || event.runningRound !== null || !next?.published) return null;
    if (new Date(next.startsAt).getTime() > Date.now()) return null;
    try {
      await programme.startRound(this.desk, next.number);
      return next.number;
    } catch (error) {
      // The watcher, who may be staff, was faster.
      if (error instanceof UnexpectedAnswer) return null;
      throw error;
    }
  }
}
