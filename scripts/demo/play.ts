import type { CallView } from '../../server/calls/schema.ts';
import type { ConsortiumView } from '../../server/consortia/schema.ts';
import type { MeetingView } from '../../server/events/schema.ts';
import { readAll } from './cast.ts';
import { consortiumFaults, convergenceFaults, meetingFaults, pairsChanged } from './event-audit.ts';
import type { Participant } from './event.ts';
import * as programme from './programme.ts';
import type { Desk } from './programme.ts';
import { seededRandom } from './random.ts';
import { together } from './together.ts';
import { until, type Visitor } from './visitor.ts';

/** What happened at the event, counted. */
export interface EventSummary {
  /** Meetings that took place. */
  readonly meetings: number;
  readonly rounds: number;
  readonly checkedIn: number;
  readonly late: number;
  readonly noShows: number;
  readonly leavers: number;
  readonly repairs: number;
  /** Pairs that went or came, on average, for each repair. */
  readonly pairsChangedPerRepair: number;
  /** Milliseconds until a repair was to be seen, the middle one of all. */
  readonly repairMs: number;
  readonly consortia: number;
  readonly faults: readonly string[];
}

const ROUNDS = 3;
/** Who does what, by place in the list: one in twelve comes late, one in twelve not at all, one in fifteen leaves early. */
const isLate = (at: number): boolean => at % 12 === 5;
const isAbsent = (at: number): boolean => at % 12 === 9;
const leavesEarly = (at: number): boolean => at % 15 === 3;

/** An event from doors open to consortia formed, played by simulated participants. */
export class DemoEvent {
  readonly desk: Desk;
  readonly #participants: readonly Participant[];
  readonly #seed: number;
  readonly #tell: (line: string) => void;
  readonly #repairs: { changed: number; ms: number }[] = [];
  readonly #counts = { checkedIn: 0, late: 0, noShows: 0, leavers: 0 };

  constructor(
    desk: Desk,
    participants: readonly Participant[],
    options: { seed: number; tell: (line: string) => void },
  ) {
    this.desk = desk;
    this.#participants = participants;
    this.#seed = options.seed;
    this.#tell = options.tell;
  }

  /** Announced, wished for, doors open, planned, published. */
  async open(): Promise<void> {
    await together(this.#participants, async (participant, at) => {
      await programme.say(this.desk, participant, 'expected');
      if (at % 7 === 0) await programme.wish(this.desk, participant);
    });
    await programme.act(this.desk, 'open');
    await together(this.#participants, async (participant, at) => {
      if (isLate(at) || isAbsent(at)) return;
      await programme.say(this.desk, participant, 'here');
      this.#counts.checkedIn += 1;
    });
    const draft = await programme.planAndPublish(this.desk);
    this.#tell(`  ${draft.meetings} meetings in ${draft.rounds.length} rounds are planned and published`);
    let agreed = 0;
    for (let at = 0; at + 1 < this.#participants.length && agreed < 5; at += 9) {
      const [one, other] = [this.#participants[at], this.#participants[at + 1]];
      if (one && other && (await programme.agree(this.desk, one, other))) agreed += 1;
    }
    this.#tell(`  ${agreed} requests were accepted`);
  }

  /** All rounds; `between` runs while the second one does. */
  async run(between: () => Promise<void>): Promise<void> {
    for (let round = 1; round <= ROUNDS; round += 1) {
      await programme.startRound(this.desk, round);
      if (round === 1) {
        await this.#noShows(round);
        await this.#lateArrivals(round);
      }
      if (round === 2) await between();
      await programme.endRound(this.desk, round);
      await this.#feedback(round);
      if (round === 1) await this.#leaving(round);
      this.#tell(`  round ${round} is over`);
    }
  }

  /** Everybody whose wish is returned settles the consortium; then the event ends, and all is recounted. */
  async finish(): Promise<EventSummary> {
    await this.#consortia();
    await programme.act(this.desk, 'end');
    const { staff } = this.desk;
    const meetings = await programme.meetingsOf(this.desk);
    const consortia = await readAll<ConsortiumView>(staff, '/consortia');
    const changed = this.#repairs.reduce((sum, one) => sum + one.changed, 0);
    const times = this.#repairs.map(({ ms }) => ms).toSorted((one, other) => one - other);
    return {
      meetings: meetings.filter(({ state }) => state === 'done').length,
      rounds: ROUNDS,
      ...this.#counts,
      repairs: this.#repairs.length,
      pairsChangedPerRepair: Math.round((100 * changed) / Math.max(1, this.#repairs.length)) / 100,
      repairMs: Math.round(times[Math.floor(times.length / 2)] ?? 0),
      consortia: consortia.filter(({ state }) => state === 'formed').length,
      faults: [
        ...meetingFaults(meetings),
        ...consortiumFaults(consortia),
        ...(await convergenceFaults(this.desk, this.#participants)),
      ],
    };
  }

  /** Does something that makes a repair necessary, waits until it is to be seen, and counts what it changed. */
  async #repairing(
    does: () => Promise<void>,
    seen: (meetings: readonly MeetingView[]) => boolean,
    what: string,
  ): Promise<void> {
    const before = await programme.meetingsOf(this.desk);
    const began = performance.now();
    await does();
    let after = before;
    await until(what, 15_000, async () => {
      after = await programme.meetingsOf(this.desk);
      return seen(after);
    });
    this.#repairs.push({ changed: pairsChanged(before, after), ms: performance.now() - began });
  }

  /** Partners of those who did not come say so. */
  async #noShows(round: number): Promise<void> {
    for (const [at, absent] of this.#participants.entries()) {
      if (!isAbsent(at)) continue;
      const meeting = (await programme.mine(this.desk, absent)).rounds[round - 1]?.meeting;
      const partner = this.#participants.find(({ sme }) => sme.id === meeting?.partner.id);
      if (!meeting || meeting.state !== 'running' || !partner) continue;
      await this.#repairing(
        () => programme.reportNoShow(this.desk, partner, meeting),
        (meetings) => !meetings.some(({ id }) => id === meeting.id),
        'the meeting with somebody who did not come is given up',
      );
      this.#counts.noShows += 1;
    }
  }

  /** Those who come late are planned in. */
  async #lateArrivals(round: number): Promise<void> {
    for (const [at, participant] of this.#participants.entries()) {
      if (!isLate(at)) continue;
      await this.#repairing(
        () => programme.say(this.desk, participant, 'here'),
        (meetings) => meetings.some((one) => one.round > round && isWith(one, participant)),
        `${participant.sme.name}, who came late, has a meeting`,
      );
      this.#counts.late += 1;
      this.#counts.checkedIn += 1;
    }
  }

  async #leaving(round: number): Promise<void> {
    for (const [at, participant] of this.#participants.entries()) {
      if (!leavesEarly(at) || isAbsent(at)) continue;
      await this.#repairing(
        () => programme.say(this.desk, participant, 'left'),
        (meetings) => !meetings.some((one) => one.round > round && isWith(one, participant)),
        `the meetings of ${participant.sme.name}, who left, are given up`,
      );
      this.#counts.leavers += 1;
    }
  }

  async #feedback(round: number): Promise<void> {
    await together(this.#participants, async (participant, at) => {
      const meeting = (await programme.mine(this.desk, participant)).rounds[round - 1]?.meeting;
      // Drawn for each by itself, so that it does not matter who is faster.
      const random = seededRandom(this.#seed + at * ROUNDS + round);
      if (meeting?.state === 'done') await programme.giveFeedback(this.desk, participant, meeting, random);
    });
  }

  async #consortia(): Promise<void> {
    const { staff } = this.desk;
    const call = await staff.call<CallView>('GET', '/call');
    let formed = 0;
    for (const consortium of await readAll<ConsortiumView>(staff, '/consortia?state=proposed')) {
      const [one, other] = [consortium.a, consortium.b].map(({ id }) =>
        this.#participants.find(({ sme }) => sme.id === id),
      );
      if (!one || !other) continue;
      const after = await programme.settleConsortium(consortium, [one, other], call);
      if (after?.state === 'formed') formed += 1;
    }
    this.#tell(`  ${formed} consortia are formed`);
  }
}

const isWith = ({ a, b }: MeetingView, { sme }: Participant): boolean => a.id === sme.id || b.id === sme.id;

/** Opens an event with a table for every two participants. */
export const createDemoEvent = (staff: Visitor, participants: number, now = new Date()): Promise<Desk> =>
  programme.openEvent(staff, { tables: Math.ceil(participants / 2), rounds: ROUNDS, now });
