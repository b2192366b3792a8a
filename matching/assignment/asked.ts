import { byId, featuresById, type Pool } from '../pool.ts';
import { refusals } from '../rules.ts';
import { SCALE, type Call, type SmeId } from '../types.ts';

/** Two SMEs, either way round. */
export type Two = readonly [SmeId, SmeId];

/** What a set of pairs may be for. */
export const AIMS = ['total', 'everybody', 'proportional', 'minimum', 'stable'] as const;
export type Aim = (typeof AIMS)[number];

/** Which pairs a set may be chosen from. */
export const OVERS = ['all-pairs', 'lists'] as const;

/** What to ask for. */
export interface PairingOptions {
  /** Pairs below this score are not worth proposing (integer in [0, SCALE]). [0] */
  readonly minScore?: number;
  /**
   * 'total': the largest sum of scores; 'everybody': as many pairs as can be had, and of these sets the one with the largest sum;
   * 'proportional': as many pairs, and of these sets the one with the largest product of scores (fairness/welfare.ts);
   * 'minimum': as many pairs, of these sets those whose lowest score is as high as can be, and of these the one with the largest sum;
   * 'stable': pairs by falling score, so that no two would rather have each other. ['total']
   */
  readonly aim?: Aim;
  /** Which pairs may be taken: all that break no rule, or only those in somebody's list. ['all-pairs' up to 10,000 SMEs, for some aims 2,000; else 'lists'] */
  readonly over?: (typeof OVERS)[number];
  /** Pairs that are in the set whatever they cost; `minScore` does not hold for them, the hard rules do. [none] */
  readonly pinned?: readonly Two[];
  /** Pairs that are not to be in it. Ids that are not in the pool are passed over. [none] */
  readonly forbidden?: readonly Two[];
}

/** Options in full, checked; each two by id, and sorted. */
export type Asked = Required<PairingOptions>;

/**
 * Largest pool for which all pairs are looked at unless told otherwise. Aims that weigh pairs by something else than their scores have every
 * pair scored, and the stable one asks for whole rows.
 */
const ALL_PAIRS_MOST: Readonly<Record<Aim, number>> = {
  total: 10_000,
  everybody: 10_000,
  minimum: 2_000,
  proportional: 2_000,
  stable: 2_000,
};

const sortTwos = (twos: readonly Two[]): Two[] =>
  twos
    .map(([one, other]): Two => (byId(one, other) <= 0 ? [one, other] : [other, one]))
    .sort((x, y) => byId(x[0], y[0]) || byId(x[1], y[1]));

/**
 * Fills in and checks options.
 *
 * @throws RangeError for a minimum score that is not an integer in [0, SCALE], an unknown aim or choice of pairs, and for pins that
 * contradict each other, a hard rule, or what is forbidden
 */
export function askedOf(options: PairingOptions, pool: Pool, call: Call): Asked {
  const { minScore = 0 } = options;
  const aim = oneOf('The aim', options.aim ?? 'total', AIMS);
  if (!Number.isInteger(minScore) || minScore < 0 || minScore > SCALE) {
    throw new RangeError(`The minimum score is ${minScore}; it must be a whole number from 0 to ${SCALE}.`);
  }
  const asked: Asked = {
    minScore,
    aim,
    over: oneOf(
      'The choice of pairs',
      options.over ?? (pool.features.length <= ALL_PAIRS_MOST[aim] ? 'all-pairs' : 'lists'),
      OVERS,
    ),
    pinned: sortTwos(options.pinned ?? []),
    forbidden: sortTwos(options.forbidden ?? []),
  };
  checkPins(asked, pool, call);
  return asked;
}

/** The same value. @throws RangeError where it is none of those that are allowed */
function oneOf<Value extends string>(name: string, value: Value, allowed: readonly Value[]): Value {
  if (allowed.includes(value)) return value;
  throw new RangeError(`${name} is '${value}'; allowed are ${allowed.join(', ')}.`);
}

function checkPins({ pinned, forbidden }: Asked, pool: Pool, call: Call): void {
  const seen = new Set<SmeId>();
  for (const [one, other] of pinned) {
    for (const id of [one, other]) {
      if (seen.has(id)) throw new RangeError(`${id} is pinned to two partners.`);
      seen.add(id);
    }
    const [a, b] = [featuresById(pool, one), featuresById(pool, other)];
    if (!a || !b) throw new RangeError(`${one} or ${other}, who are pinned, is not in the pool.`);
    const refusal = refusals(a.prepared.profile, b.prepared.profile, call).at(0);
    if (refusal) throw new RangeError(`${one} and ${other} may not be pinned: ${refusal.sentence}`);
    if (forbidden.some(([x, y]) => x === one && y === other)) {
      throw new RangeError(`${one} and ${other} are pinned and forbidden.`);
    }
  }
}

/** Which pairs are out of the question because of what was asked, by positions in the pool. */
export interface Barred {
  /** SMEs that are pinned: 1. */
  readonly pinned: Uint8Array;
  readonly forbidden: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Looks up the pinned SMEs and forbidden pairs. */
export function barredBy({ pinned, forbidden }: Asked, { positions, features }: Pool): Barred {
  const marks = new Uint8Array(features.length);
  for (const id of pinned.flat()) marks[positions.get(id) ?? features.length] = 1;
  const partners = new Map<number, Set<number>>();
  for (const [one, other] of forbidden) {
    const [u, v] = [positions.get(one), positions.get(other)];
    if (u === undefined || v === undefined) continue;
    partners.set(u, (partners.get(u) ?? new Set()).add(v));
    partners.set(v, (partners.get(v) ?? new Set()).add(u));
  }
  return { pinned: marks, forbidden: partners };
}

/** Whether a pair with this score may be taken by the search. */
export const mayTake = (
  { pinned, forbidden }: Barred,
  minScore: number,
  edge: { readonly u: number; readonly v: number; readonly w: number },
): boolean =>
  edge.w >= minScore && pinned[edge.u] + pinned[edge.v] === 0 && forbidden.get(edge.u)?.has(edge.v) !== true;
