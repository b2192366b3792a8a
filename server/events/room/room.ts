import type { SmeService } from '../../smes/service.ts';
import type { ConsortiumSeam } from '../consortium-seam.ts';
import type { FeedbackStore } from '../meetings/feedback.ts';
import type { Invited } from '../life/invited.ts';
import type { EventRecord } from '../model.ts';
import type { PlanStore } from '../plan/store.ts';
import { roundOf, runningRound, standing, type Plan } from '../plan/plan.ts';
import type { PresenceStore } from '../people/presence-store.ts';
import { slotsOf } from '../life/present.ts';
import type { RoomView } from './schema.ts';
import type { EventStore } from '../life/store.ts';

export interface RoomDeps {
  readonly events: EventStore;
  readonly plans: PlanStore;
  readonly presence: PresenceStore;
  readonly invited: Invited;
  readonly feedback: FeedbackStore;
  readonly consortia: ConsortiumSeam;
  readonly smes: Pick<SmeService, 'cards'>;
  readonly clock: () => Date;
}

/** All that a room may show of an SME. */
interface Company {
  readonly name: string;
  readonly country: string;
}
type Companies = ReadonlyMap<string, Company>;

const NEWEST = 12;

/** How often two countries met and formed consortia, most often first. */
function linksOf(
  met: readonly { a: string; b: string }[],
  formed: readonly { a: string; b: string }[],
  companies: Companies,
): RoomView['links'] {
  const links = new Map<string, RoomView['links'][number]>();
  const count = (pairs: readonly { a: string; b: string }[], what: 'meetings' | 'consortia'): void => {
    for (const pair of pairs) {
      const countries = [companies.get(pair.a)?.country, companies.get(pair.b)?.country];
      const [a, b] = countries.flatMap((country) => country ?? []).toSorted();
      if (a === undefined || b === undefined) continue;
      const link = links.get(`${a} ${b}`) ?? { a, b, meetings: 0, consortia: 0 };
      link[what] += 1;
      links.set(`${a} ${b}`, link);
    }
  };
  count(met, 'meetings');
  count(formed, 'consortia');
  return [...links.values()].toSorted(
    (one, other) =>
      other.consortia - one.consortia ||
      other.meetings - one.meetings ||
      (one.a + one.b < other.a + other.b ? -1 : 1),
  );
}

/** Tables of the running round, or of the next one that is published. */
function tablesOf(plan: Plan, number: number | undefined, companies: Companies): RoomView['tables'] {
  if (number === undefined) return [];
  const round = roundOf(plan, number);
  if (!round.published) return [];
  return standing(round)
    .toSorted((one, other) => one.table - other.table)
    .flatMap(({ table, a, b }) => {
      const [one, other] = [companies.get(a), companies.get(b)];
      return one && other ? [{ table, a: { ...one }, b: { ...other } }] : [];
    });
}

/** What the projector shows of an event: names, countries and pairs, and nothing else of anybody. */
export function createRoom(deps: RoomDeps) {
  const { events, plans, presence, invited, feedback, consortia, clock } = deps;

  async function companiesOf(event: EventRecord, more: readonly string[]): Promise<Companies> {
    const own = await invited.all(event);
    const companies = new Map(own.map(({ _id, name, country }) => [_id, { name, country }]));
    const others = await deps.smes.cards(more.filter((id) => !companies.has(id)));
    for (const [id, { name, country }] of others) companies.set(id, { name, country });
    return companies;
  }

  async function show(event: EventRecord): Promise<RoomView> {
    const [plan, here, wanted, formed] = await Promise.all([
      plans.read(event._id),
      presence.idsIn(event._id, 'here'),
      feedback.wanted(event._id),
      consortia.formedAt(event._id),
    ]);
    const met = [...plan.rounds.values()].filter(({ state }) => state !== 'planned').flatMap(standing);
    const companies = await companiesOf(
      event,
      formed.flatMap(({ a, b }) => [a, b]),
    );
    const slots = slotsOf(event, plan);
    const running = runningRound(plan);
    const next = slots.find(({ number }) => roundOf(plan, number).state === 'planned');
    return {
      eventId: event._id,
      name: event.name,
      state: event.state,
      serverTime: clock().toISOString(),
      runningRound: running?.endsAt ? { number: running.number, endsAt: running.endsAt.toISOString() } : null,
      nextRound: next ? { number: next.number, startsAt: next.startsAt.toISOString() } : null,
      rounds: slots.length,
      counters: {
        here: here.length,
        countries: new Set(here.flatMap((id) => companies.get(id)?.country ?? [])).size,
        meetings: met.length,
        wanted: wanted.length,
        consortia: formed.length,
      },
      tables: tablesOf(plan, running?.number ?? next?.number, companies),
      links: linksOf(met, formed, companies),
      newest: formed.slice(0, NEWEST).flatMap(({ a, b, at }) => {
        const [one, other] = [companies.get(a), companies.get(b)];
        if (!one || !other) return [];
        return [
          { a: one.name, b: other.name, countries: [one.country, other.country], at: at.toISOString() },
        ];
      }),
      broadcast: event.broadcast?.text ?? null,
    };
  }

  return {
    /** null where there is no such event. */
    async of(eventId: string): Promise<RoomView | null> {
      const event = await events.find(eventId);
      return event && show(event);
    },
  };
}
