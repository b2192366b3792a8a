import type { ConsortiumView } from '../../server/consortia/schema.ts';
import type { MeetingView } from '../../server/events/schema.ts';
import type { Participant } from './event.ts';
import { mine, type Desk } from './programme.ts';
import { together } from './together.ts';

const pairOf = ({ a, b }: MeetingView): string => [a.id, b.id].toSorted().join(' ');

/** Values that come more than once. */
function doubles(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

/** What meetings must never be, in words; empty when all is well. */
export function meetingFaults(meetings: readonly MeetingView[]): string[] {
  const rounds = new Map<number, MeetingView[]>();
  for (const meeting of meetings) rounds.set(meeting.round, [...(rounds.get(meeting.round) ?? []), meeting]);
  const inRounds = [...rounds].flatMap(([round, those]) => [
    ...doubles(those.flatMap(({ a, b }) => [a.id, b.id])).map(
      (id) => `${id} is in two meetings of round ${round}`,
    ),
    ...doubles(those.map(({ table }) => String(table))).map(
      (table) => `table ${table} is taken twice in round ${round}`,
    ),
  ]);
  return [
    ...inRounds,
    ...doubles(meetings.map(pairOf)).map((pair) => `${pair} meet twice`),
    ...meetings
      .filter(({ a, b }) => a.country === b.country)
      .map((one) => `${pairOf(one)} are of one country`),
  ];
}

/** An SME is in one consortium of a call at most. */
export function consortiumFaults(consortia: readonly ConsortiumView[]): string[] {
  const formed = consortia.filter(({ state }) => state === 'formed');
  return [
    ...doubles(formed.flatMap(({ a, b }) => [a.id, b.id])).map((id) => `${id} is in two consortia`),
    ...formed
      .filter(({ a, b }) => a.country === b.country)
      .map(({ id }) => `consortium ${id} is of one country`),
  ];
}

/** Pairs that are in one plan and not in the other: those that went and those that came. */
export function pairsChanged(before: readonly MeetingView[], after: readonly MeetingView[]): number {
  const key = (meeting: MeetingView): string => `${meeting.round} ${pairOf(meeting)}`;
  const [had, has] = [new Set(before.map(key)), new Set(after.map(key))];
  return [...had].filter((one) => !has.has(one)).length + [...has].filter((one) => !had.has(one)).length;
}

/**
 * Windows that do not show what the server has: the last that each was told of a round is compared with what it would read now. A round
 * of which it was told nothing cannot differ.
 */
export async function convergenceFaults(desk: Desk, participants: readonly Participant[]): Promise<string[]> {
  const faults: string[] = [];
  await together(participants, async (participant) => {
    const { rounds } = await mine(desk, participant);
    for (const { number, meeting } of rounds) {
      const told = participant.visitor.events.findLast(
        (event) => event.kind === 'meeting' && event.eventId === desk.eventId && event.round === number,
      );
      if (told?.kind !== 'meeting') continue;
      const stands = meeting?.state === 'broken' ? null : (meeting?.partner.id ?? null);
      if ((told.meeting?.partner.id ?? null) !== stands) {
        faults.push(`${participant.sme.name} was told of another meeting in round ${number} than there is`);
      }
    }
  });
  return faults;
}
