import { canonicalJson } from '../canonical.ts';
import { byId } from '../pool.ts';
import { FACTORS, SCALE, type Factor, type SmeId } from '../types.ts';

/** What an SME said of a partner. */
export type DecisionKind = 'consortium' | 'would-like' | 'met-again' | 'not-for-me';

/** In the order in which they are shown. */
export const DECISION_KINDS: readonly DecisionKind[] = [
  'consortium',
  'would-like',
  'met-again',
  'not-for-me',
];

const ACCEPTS: ReadonlySet<DecisionKind> = new Set(['consortium', 'would-like', 'met-again']);

/** One decision of one SME about one partner, with the factors of the pair. */
export interface Decision {
  readonly sme: SmeId;
  readonly partner: SmeId;
  readonly kind: DecisionKind;
  /** Value of each factor for the pair, integer in [0, SCALE], and whether anything was declared on it. */
  readonly values: Readonly<Record<Factor, number>>;
  readonly known: Readonly<Record<Factor, boolean>>;
}

/** A pair as it was decided on: what the model learns from. */
export interface Observation {
  readonly accepted: boolean;
  /** Who decided so: one of the two or both, sorted. */
  readonly deciders: readonly SmeId[];
  /** Names the pair, whichever way round. */
  readonly pair: string;
  /** What each weight is multiplied with in the score of the pair, in the order of FACTORS, in [0, 1]. */
  readonly x: readonly number[];
}

export interface Observations {
  /** In an order that does not depend on that of the decisions. */
  readonly all: readonly Observation[];
  /** How often each kind was counted. */
  readonly counts: Readonly<Record<DecisionKind, number>>;
  /** Decisions left out because the same SME decided both ways on the same partner. */
  readonly contradicting: number;
}

/**
 * What each weight is multiplied with in the score of a pair. Where nothing is declared in words, the weight of text works on the value of
 * capability, and the other way round, just as in the score (model.ts).
 */
export function multipliers({ values, known }: Pick<Decision, 'values' | 'known'>): number[] {
  const carried = (factor: Factor): Factor => {
    if (factor === 'text' && !known.text && known.capability) return 'capability';
    return factor === 'capability' && !known.capability && known.text ? 'text' : factor;
  };
  return FACTORS.map((factor) => values[carried(factor)] / SCALE);
}

/**
 * Brings decisions into the form that the model learns from: the same said twice counts once, a pair that both accepted (or both
 * declined) counts once, and who decided both ways about the same partner is left out, as nobody can tell which holds.
 */
export function observationsOf(decisions: readonly Decision[]): Observations {
  const { standing, contradicting } = withoutContradictions(decisions);
  const byPair = new Map<string, Decision[]>();
  for (const decision of standing.values()) {
    const key = canonicalJson([pairOf(decision), ACCEPTS.has(decision.kind)]);
    byPair.set(key, [...(byPair.get(key) ?? []), decision]);
  }
  const all = [...byPair].toSorted(([x], [y]) => byId(x, y)).map(([, said]) => observationOf(said));
  const counts = { consortium: 0, 'would-like': 0, 'met-again': 0, 'not-for-me': 0 };
  for (const { kind } of standing.values()) counts[kind] += 1;
  return { all, counts, contradicting };
}

const pairOf = ({ sme, partner }: Decision): string => canonicalJson([sme, partner].sort(byId));

/** One decision of each SME about each partner: the one that says most, where it said yes in several ways. */
function withoutContradictions(decisions: readonly Decision[]): {
  readonly standing: ReadonlyMap<string, Decision>;
  readonly contradicting: number;
} {
  const standing = new Map<string, Decision>();
  const wrong = new Set<string>();
  for (const decision of decisions) {
    const key = canonicalJson([decision.sme, decision.partner]);
    const before = standing.get(key);
    if (before && ACCEPTS.has(before.kind) !== ACCEPTS.has(decision.kind)) wrong.add(key);
    const rank = ({ kind }: Decision): number => DECISION_KINDS.indexOf(kind);
    if (!before || rank(decision) < rank(before)) standing.set(key, decision);
  }
  for (const key of wrong) standing.delete(key);
  const contradicting = decisions.filter(({ sme, partner }) =>
    wrong.has(canonicalJson([sme, partner])),
  ).length;
  return { standing, contradicting };
}

function observationOf(said: readonly Decision[]): Observation {
  const [first] = said;
  return {
    accepted: ACCEPTS.has(first.kind),
    deciders: said.map(({ sme }) => sme).sort(byId),
    pair: pairOf(first),
    x: multipliers(first),
  };
}
