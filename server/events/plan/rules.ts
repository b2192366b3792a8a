import { pairKey, standing, type Meeting, type Plan, type Round } from './plan.ts';

/*
 * What must hold of every plan that is written. Checked on the whole plan before each write, whoever asks for the write.
 */

/** A rule that a plan would break, in one sentence. */
export type PlanFault = string;

function doubled<T>(items: readonly T[]): T[] {
  const seen = new Set<T>();
  return items.filter((item) => seen.size === seen.add(item).size);
}

function roundFaults(round: Round, tables: number): PlanFault[] {
  const meetings = standing(round);
  const name = `round ${round.number}`;
  return [
    ...doubled(meetings.flatMap(({ a, b }) => [a, b])).map((sme) => `${sme} is in two meetings of ${name}`),
    ...doubled(meetings.map(({ table }) => table)).map((table) => `table ${table} is taken twice in ${name}`),
    ...meetings
      .filter(({ table }) => !Number.isInteger(table) || table < 1 || table > tables)
      .map(({ table }) => `${name} has no table ${table}; there are ${tables}`),
    ...meetings.filter(({ a, b }) => a === b).map(({ a }) => `${a} cannot meet itself`),
  ];
}

const PLACE = ['a', 'b', 'table'] as const;

/** A meeting that has begun stays where and with whom it is; it may only end or be broken, and what ended never changes. */
function begunFaults(before: Round, after: Round): PlanFault[] {
  const now = new Map(after.meetings.map((meeting) => [meeting.id, meeting]));
  if (before.state === 'planned') return [];
  return before.meetings.flatMap((old): PlanFault[] => {
    const name = `the meeting at table ${old.table} of round ${before.number}`;
    const kept = now.get(old.id);
    if (!kept || PLACE.some((field) => kept[field] !== old[field])) return [`${name} has begun and stays`];
    const allowed: readonly Meeting['state'][] =
      old.state === 'running' ? ['running', 'done', 'broken'] : [old.state];
    return allowed.includes(kept.state) ? [] : [`${name} is ${old.state} and cannot become ${kept.state}`];
  });
}

const NEXT: Readonly<Record<Round['state'], readonly Round['state'][]>> = {
  planned: ['planned', 'running'],
  running: ['running', 'done'],
  done: ['done'],
};

function orderFaults(before: Round, after: Round): PlanFault[] {
  const faults: PlanFault[] = [];
  if (!NEXT[before.state].includes(after.state)) {
    faults.push(`round ${before.number} is ${before.state} and cannot become ${after.state}`);
  }
  if (before.state === 'done' && after.meetings.length !== before.meetings.length) {
    faults.push(`round ${before.number} is over`);
  }
  return faults;
}

/**
 * Every rule that the step from one plan to the next would break; empty where it may be written: no SME and no table twice in a round,
 * nobody twice with the same partner at one event, what has begun stays, one round at a time.
 */
export function planFaults(before: Plan, after: Plan, tables: number): PlanFault[] {
  const faults: PlanFault[] = [];
  for (const round of after.rounds.values()) {
    const old = before.rounds.get(round.number);
    if (old === round) continue;
    faults.push(...roundFaults(round, tables));
    if (old) faults.push(...begunFaults(old, round), ...orderFaults(old, round));
  }
  const all = [...after.rounds.values()];
  if (all.filter(({ state }) => state === 'running').length > 1) faults.push('two rounds cannot run at once');
  const pairs = all.flatMap((round) => standing(round).map(({ a, b }) => pairKey(a, b)));
  faults.push(...doubled(pairs).map((pair) => `${pair.replace(':', ' and ')} meet twice`));
  const ids = all.flatMap(({ meetings }) => meetings.map(({ id }) => id));
  faults.push(...doubled(ids).map((id) => `the meeting ${id} is there twice`));
  return faults;
}
