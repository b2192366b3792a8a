import { repeated, type Invariant } from './invariant.ts';

interface Meeting {
  id: string;
  a: string;
  b: string;
  table: number;
  state: string;
}
interface Plan {
  _id: string;
  rounds: Record<string, { number: number; meetings: Meeting[] }>;
  forbidden: [string, string][];
}

const standing = (meetings: readonly Meeting[]) => meetings.filter(({ state }) => state !== 'broken');

function faultsOf({ _id, rounds, forbidden }: Plan): string[] {
  const at = `event ${_id}`;
  const all = Object.values(rounds);
  const perRound = all.flatMap(({ number, meetings }) => {
    const there = standing(meetings);
    return [
      ...repeated(there.flatMap(({ a, b }) => [a, b])).map(
        (sme) => `SME ${sme} sits in two meetings of round ${number} of ${at}.`,
      ),
      ...repeated(there.map(({ table }) => String(table))).map(
        (table) => `Table ${table} is taken twice in round ${number} of ${at}.`,
      ),
    ];
  });
  const pairs = all.flatMap(({ meetings }) => standing(meetings).map(({ a, b }) => `${a} and ${b}`));
  const ruledOut = new Set(forbidden.map(([a, b]) => `${a} and ${b}`));
  const coming = all.flatMap(({ meetings }) =>
    meetings.filter(({ state }) => state === 'planned').map(({ a, b }) => `${a} and ${b}`),
  );
  return [
    ...perRound,
    ...repeated(pairs).map((pair) => `${pair} meet twice at ${at}.`),
    ...coming
      .filter((pair) => ruledOut.has(pair))
      .map((pair) => `${pair} are planned at ${at} though staff ruled them out.`),
  ];
}

const noDoubles: Invariant = {
  name: 'no SME and no table twice in a round, no pair twice at an event, nobody planned whom staff ruled out',
  async faults(connection) {
    const plans = connection
      .collection<Plan>('eventPlans')
      .find({}, { projection: { rounds: 1, forbidden: 1 } });
    const faults: string[] = [];
    for await (const plan of plans) faults.push(...faultsOf(plan));
    return faults;
  },
};

const oneRequest: Invariant = {
  name: 'a pair has one pending request at an event at most',
  async faults(connection) {
    const pending = await connection
      .collection<{ _id: string; eventId: string; fromId: string; toId: string }>('eventRequests')
      .find({ state: 'pending' })
      .toArray();
    return repeated(
      pending.map(
        ({ eventId, fromId, toId }) => `${[fromId, toId].toSorted().join(' and ')} at event ${eventId}`,
      ),
    ).map((pair) => `${pair} have two pending requests.`);
  },
};

export const eventInvariants: readonly Invariant[] = [noDoubles, oneRequest];
