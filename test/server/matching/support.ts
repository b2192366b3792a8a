import { pino } from 'pino';
import { DEFAULT_WEIGHTS } from '../../../matching/index.ts';
import type { Call, Profile, Weights } from '../../../matching/types.ts';
import type { LoadedProfile, ProfileSource } from '../../../server/matching/source.ts';

export const silentLog = pino({ level: 'silent' });

const COUNTRIES = ['FR', 'DE', 'IT', 'PL', 'NL'];

/** An SME that differs from its neighbours in country and words. */
export function profileOf(number: number, overrides: Partial<Profile> = {}): Profile {
  const id = `sme${String(number).padStart(5, '0')}`;
  return {
    id,
    name: `Company ${number}`,
    country: COUNTRIES[number % COUNTRIES.length] ?? 'FR',
    clusterId: null,
    sizeClass: 'small',
    marketRole: number % 2 === 0 ? 'security-market' : 'deep-tech',
    languages: ['en'],
    group: null,
    available: true,
    solutions: [
      {
        id: 's1',
        title: `Sensor ${number}`,
        offer:
          number % 2 === 0
            ? 'guard patrols for ports and stations'
            : 'infrared camera and detection software',
        trl: 6,
        capabilities: [],
        technologies: [],
        fields: [],
        sectors: [],
      },
    ],
    needs: [
      {
        id: 'n1',
        words: number % 2 === 0 ? 'camera detection software' : 'ports and stations to guard',
        trlMin: null,
        trlMax: null,
        capabilities: [],
        technologies: [],
        fields: [],
        sectors: [],
      },
    ],
    conflicts: [],
    declined: [],
    ...overrides,
  };
}

const call: Call = {
  id: 'call',
  name: 'Call',
  countries: COUNTRIES,
  trlEntryMin: 5,
  instruments: [{ id: 'p', name: 'Prototype', trlMin: 7, trlMax: 8 }],
  challenges: [],
  taken: [],
};

/** A source that a test changes by hand. */
export interface FakeSource extends ProfileSource {
  readonly profiles: Map<string, Profile>;
  readonly stamps: Map<string, number>;
  current: { version: number; values: Weights };
  /** When set, the next read fails with it. */
  fault: Error | null;
  put(...profiles: Profile[]): void;
}

export function fakeSource(...profiles: Profile[]): FakeSource {
  const loaded = (profile: Profile): LoadedProfile => ({
    profile,
    stamp: String(source.stamps.get(profile.id) ?? 0),
  });
  const source: FakeSource = {
    profiles: new Map(profiles.map((profile) => [profile.id, profile])),
    stamps: new Map(),
    current: { version: 1, values: DEFAULT_WEIGHTS },
    fault: null,
    put: (...changed) => {
      for (const profile of changed) {
        source.profiles.set(profile.id, profile);
        source.stamps.set(profile.id, (source.stamps.get(profile.id) ?? 0) + 1);
      }
    },
    taxonomy: () => Promise.resolve([]),
    call: () => Promise.resolve(call),
    weights: () => Promise.resolve(source.current),
    async *all() {
      if (source.fault) {
        const fault = source.fault;
        source.fault = null;
        throw fault;
      }
      const everybody = [...source.profiles.values()];
      for (let from = 0; from < everybody.length; from += 100) {
        yield await Promise.resolve(everybody.slice(from, from + 100).map(loaded));
      }
    },
    some: (ids) => Promise.resolve(ids.flatMap((id) => source.profiles.get(id) ?? []).map(loaded)),
    stampsSince: () =>
      Promise.resolve([...source.stamps].map(([id, stamp]) => ({ id, stamp: String(stamp) }))),
  };
  return source;
}

/** Waits until something is so; fails after five seconds, with what was waited for. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
