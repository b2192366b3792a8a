import { fileURLToPath } from 'node:url';
import { trusted, type Connection } from 'mongoose';
import type { Profile } from '../../matching/types.ts';
import { accountModel } from '../../server/accounts/model.ts';
import { clusterModel, type ClusterRecord } from '../../server/clusters/model.ts';
import { eventModel, planModel, type EventRecord, type PlanRecord } from '../../server/events/model.ts';
import type { Meeting } from '../../server/events/plan/plan.ts';
import { needModel, type NeedRecord } from '../../server/needs/model.ts';
import { periodModel } from '../../server/reports/model.ts';
import { smeModel, type SmeRecord } from '../../server/smes/model.ts';
import { newRecord } from '../../server/smes/record.ts';
import { smeInputSchema } from '../../server/smes/schema.ts';
import { searchName } from '../../server/smes/search-name.ts';
import { createTaxonomyService } from '../../server/taxonomy/service.ts';
import { pick, seededRandom } from '../demo/random.ts';
import { readCompanyFile } from '../match/companies.ts';
import { BENCH_DEALINGS, fillDealings } from './http-dealings.ts';
import { accountRecord, BENCH_CALL, insertAll, momentOf, type ProgrammeSize } from './http-records.ts';
import { syntheticPool } from './pool.ts';

/** The proportions of a large programme: 20,000 SMEs come with 200 clusters, 5,000 needs and 50,000 meetings. */
export const sizeFor = (smes: number): ProgrammeSize => ({
  clusters: Math.max(2, Math.round(smes / 100)),
  smes,
  needs: Math.round(smes / 4),
  meetings: Math.round(smes * 2.5),
});

/** Ids that questions of the measurement name. */
export const BENCH_IDS = {
  cluster: 'bench-cluster-0',
  sme: 'bench-sme-0',
  solution: 'S000000-s1',
  event: 'bench-event-0',
  need: 'bench-need-0',
  call: BENCH_CALL,
} as const;
export const BENCH_ROLES = ['staff', 'cluster', 'sme', 'demand'] as const;
export const emailOf = (role: (typeof BENCH_ROLES)[number]): string => `bench-${role}@bench.example`;

const MEETINGS_OF_AN_EVENT = 1_000;
const MEETINGS_OF_A_ROUND = 200;

/** Writes a whole programme into an empty database, past the services: it is there when the server starts. */
export async function fillProgramme(
  connection: Connection,
  size: ProgrammeSize,
  passwordHash: string,
): Promise<void> {
  const taxonomy = createTaxonomyService();
  const file = fileURLToPath(new URL('../demo/cordis-smes.csv', import.meta.url));
  const { profiles } = await readCompanyFile(file, taxonomy);
  const smes = smeRecords(size, [
    ...syntheticPool({ companies: profiles, taxonomy: taxonomy.terms }, size.smes),
  ]);
  await insertAll(clusterModel(connection), clusterRecords(size, taxonomy.view().countries));
  await insertAll(smeModel(connection), smes);
  await insertAll(accountModel(connection), signInRecords(passwordHash));
  await insertAll(needModel(connection), needRecords(size, smes));
  const { events, plans } = eventRecords(size, smes);
  await insertAll(eventModel(connection), events);
  await insertAll(planModel(connection), plans);
  await fillDealings(connection, size, smes);
}

/** Whether a programme was written into this database, to its end: the period of reports comes last. */
export const holdsProgramme = async (connection: Connection): Promise<boolean> =>
  (await periodModel(connection).exists({ _id: BENCH_DEALINGS.period })) !== null;

/** Gives those who ask a new password. */
export async function letSignIn(connection: Connection, passwordHash: string): Promise<void> {
  const ids = BENCH_ROLES.map((role) => `bench-${role}`);
  await accountModel(connection).updateMany({ _id: trusted({ $in: ids }) }, { passwordHash });
}

function clusterRecords(
  size: ProgrammeSize,
  countries: readonly { readonly code: string }[],
): ClusterRecord[] {
  return Array.from({ length: size.clusters }, (_, number) => {
    const name = `Bench cluster ${number}`;
    return {
      _id: `bench-cluster-${number}`,
      name,
      searchName: searchName(name),
      country: countries[number % countries.length]?.code ?? 'FR',
      region: null,
      website: null,
      kind: 'ambassador' as const,
      demo: false,
      revision: 1,
      createdAt: momentOf(number),
      updatedAt: momentOf(number),
    };
  });
}

function smeRecords(size: ProgrammeSize, pool: readonly Profile[]): SmeRecord[] {
  return pool.map((profile, number) => {
    const input = smeInputSchema.parse({
      name: profile.name,
      country: profile.country,
      marketRole: profile.marketRole,
      languages: profile.languages,
      solutions: profile.solutions,
      needs: profile.needs,
    });
    const sme = {
      id: `bench-sme-${number}`,
      clusterId: `bench-cluster-${number % size.clusters}`,
      input,
      source: null,
      externalId: null,
    };
    return newRecord(sme, momentOf(number), () => `bench-part-${number}`);
  });
}

/** One account of each role that can sign in. */
function signInRecords(passwordHash: string) {
  const of = {
    staff: {},
    cluster: { clusterId: BENCH_IDS.cluster },
    sme: { smeId: BENCH_IDS.sme },
    demand: { organisation: 'City of Bench' },
  };
  return BENCH_ROLES.map((role) => accountRecord({ id: `bench-${role}`, role, passwordHash, ...of[role] }));
}

function needRecords(size: ProgrammeSize, smes: readonly SmeRecord[]): NeedRecord[] {
  return Array.from({ length: size.needs }, (_, number) => {
    const like = smes[(number * 7) % smes.length];
    const solution = like?.solutions[0];
    const title = `Need ${number}: ${solution?.title ?? 'security'}`.slice(0, 150);
    return {
      _id: `bench-need-${number}`,
      ownerId: number % 100 === 0 ? 'bench-demand' : null,
      requestKey: `bench-need-${number}`,
      state: 'published' as const,
      version: 1,
      title,
      searchTitle: searchName(title),
      words: (solution?.offer ?? '').slice(0, 600),
      organisation: `Operator ${number % 300}`,
      organisationKind: 'operator' as const,
      showOrganisation: true,
      country: like?.country ?? 'FR',
      capabilities: solution?.capabilities ?? [],
      technologies: solution?.technologies ?? [],
      fields: solution?.fields ?? [],
      sectors: solution?.sectors ?? [],
      trlMin: null,
      trlMax: null,
      neededBy: null,
      dueKey: '9999-12-31',
      demonstrator: null,
      hasDemonstrator: false,
      confidential: { contactName: null, contactEmail: null, contactPhone: null, notes: '' },
      review: null,
      listedAt: momentOf(number),
      publishedAt: momentOf(number),
      createdAt: momentOf(number),
      updatedAt: momentOf(number),
    };
  });
}

function eventRecords(
  size: ProgrammeSize,
  smes: readonly SmeRecord[],
): { events: EventRecord[]; plans: PlanRecord[] } {
  const random = seededRandom(7);
  const count = Math.max(1, Math.round(size.meetings / MEETINGS_OF_AN_EVENT));
  const rounds = Math.ceil(Math.min(size.meetings, MEETINGS_OF_AN_EVENT) / MEETINGS_OF_A_ROUND);
  const events: EventRecord[] = [];
  const plans: PlanRecord[] = [];
  for (let number = 0; number < count; number++) {
    const _id = `bench-event-${number}`;
    const present = Array.from({ length: 2 * MEETINGS_OF_A_ROUND }, () => pick(smes, random)._id);
    events.push({
      _id,
      version: 1,
      callId: BENCH_CALL,
      name: `Matchmaking ${number}`,
      description: '',
      place: { kind: 'venue', tables: MEETINGS_OF_A_ROUND, address: 'Bench hall' },
      timeZone: 'Europe/Brussels',
      timetable: {
        startsAt: momentOf(number).toISOString(),
        rounds,
        roundMinutes: 20,
        breakMinutes: 5,
        longBreaks: [],
      },
      invited: { all: true, clusterIds: [], countries: [], smeIds: [] },
      contactsAt: 'consortium',
      requestMinutes: 60,
      state: 'ended',
      delayMinutes: 0,
      broadcast: null,
      history: [],
      told: 1,
      change: 'state',
      createdAt: momentOf(number),
    });
    plans.push(planRecord(_id, rounds, [...new Set(present)]));
  }
  return { events, plans };
}

function planRecord(eventId: string, rounds: number, present: readonly string[]): PlanRecord {
  const meeting = (round: number, table: number): Meeting[] => {
    // Each round turns one half of the room by one place, so that nobody meets the same company twice.
    const half = Math.floor(present.length / 2);
    const a = present[table];
    const b = present[half + ((table + round) % half)];
    if (a === undefined || b === undefined) return [];
    return [
      {
        id: `${eventId}-${round}-${table}`,
        a: a < b ? a : b,
        b: a < b ? b : a,
        table: table + 1,
        score: 500_000,
        origin: 'plan',
        pinned: false,
        state: 'done',
        sequence: 0,
        absent: null,
      },
    ];
  };
  const entries = Array.from({ length: rounds }, (_, at) => {
    const meetings = Array.from({ length: Math.floor(present.length / 2) }, (__, table) =>
      meeting(at + 1, table),
    ).flat();
    return [
      `r${at + 1}`,
      { number: at + 1, state: 'done' as const, published: true, startedAt: null, endsAt: null, meetings },
    ] as const;
  });
  return {
    _id: eventId,
    version: 1,
    rounds: Object.fromEntries(entries),
    forbidden: [],
    history: [],
    untold: {},
  };
}
