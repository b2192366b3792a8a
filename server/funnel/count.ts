import { stagesReached } from '../outcomes/state.ts';
import type { OutcomeState } from '../outcomes/schema.ts';
import { STAGES, type FunnelView, type Stage } from './schema.ts';

/** One SME, as far as the funnel reads it. */
export interface FunnelSme {
  readonly id: string;
  readonly country: string;
  readonly clusterId: string | null;
  readonly sizeClass: string;
}

/** Two SMEs that want a project together, and how far they got. */
export interface FunnelProject {
  readonly a: string;
  readonly b: string;
  readonly instrumentId: string | null;
  readonly formed: boolean;
  readonly outcome: OutcomeState | null;
}

/** Everything that is counted. */
export interface FunnelFacts<Project extends FunnelProject = FunnelProject> {
  readonly smes: readonly FunnelSme[];
  /** null: not known for this call, as another one is in force. */
  readonly suggested: ReadonlySet<string> | null;
  /** Pairs that had a meeting, each once. */
  readonly met: readonly (readonly [string, string])[];
  readonly projects: readonly Project[];
}

const CONSORTIUM = STAGES.indexOf('consortium');

/** How far a project got: its last stage, by number. */
export function stageOf({ formed, outcome }: FunnelProject): number {
  if (outcome !== null) return CONSORTIUM + stagesReached(outcome);
  return formed ? CONSORTIUM : CONSORTIUM - 1;
}

const INTENT = STAGES.indexOf('intent');

/** For each SME, the stages it got to as bits of a number. An SME of a pair got as far as the best of its projects. */
export type Reached = ReadonlyMap<string, number>;

export function reachedBySme(facts: FunnelFacts): Reached {
  const reached = new Map(facts.smes.map(({ id }) => [id, 1]));
  const note = (id: string, stages: number): void => {
    const before = reached.get(id);
    if (before !== undefined) reached.set(id, before | stages);
  };
  for (const id of facts.suggested ?? []) note(id, 1 << 1);
  for (const pair of facts.met) for (const id of pair) note(id, 1 << 2);
  for (const project of facts.projects) {
    let stages = 0;
    for (let stage = INTENT; stage <= stageOf(project); stage += 1) stages |= 1 << stage;
    note(project.a, stages);
    note(project.b, stages);
  }
  return reached;
}

/** Number of SMEs at each stage; null where it is not known. */
export function countSmes(
  smes: readonly FunnelSme[],
  reached: Reached,
  known: { readonly suggested: boolean },
): (number | null)[] {
  const counts = STAGES.map(() => 0);
  for (const { id } of smes) {
    const stages = reached.get(id) ?? 0;
    for (let at = 0; at < counts.length; at += 1) counts[at] = (counts[at] ?? 0) + ((stages >> at) & 1);
  }
  return STAGES.map((stage, at) => (stage === 'suggested' && !known.suggested ? null : (counts[at] ?? 0)));
}

/** Number of projects at each stage; null before two SMEs belong together. */
export function countProjects(facts: Pick<FunnelFacts, 'met' | 'projects'>): (number | null)[] {
  return STAGES.map((stage, at) => {
    if (stage === 'registered' || stage === 'suggested') return null;
    if (stage === 'met') return facts.met.length;
    return facts.projects.filter((project) => stageOf(project) >= at).length;
  });
}

/** Only what concerns some of the SMEs, or one instrument. A pair counts where one of the two does. */
export function restrict<Project extends FunnelProject>(
  facts: FunnelFacts<Project>,
  wanted: { readonly sme?: (sme: FunnelSme) => boolean; readonly instrumentId?: string | undefined },
): FunnelFacts<Project> {
  const smes = facts.smes.filter(wanted.sme ?? (() => true));
  const ids = new Set(smes.map(({ id }) => id));
  const concerns = (a: string, b: string): boolean => ids.has(a) || ids.has(b);
  return {
    smes,
    suggested: facts.suggested,
    met: facts.met.filter(([a, b]) => concerns(a, b)),
    projects: facts.projects.filter(
      ({ a, b, instrumentId }) =>
        concerns(a, b) && (wanted.instrumentId === undefined || instrumentId === wanted.instrumentId),
    ),
  };
}

/** Stages with their counts; those before an instrument is chosen cannot be told by instrument. */
export function stagesView(
  facts: FunnelFacts,
  reached: Reached,
  { byInstrument }: { byInstrument: boolean },
): FunnelView['stages'] {
  const smes = countSmes(facts.smes, reached, { suggested: facts.suggested !== null });
  const projects = countProjects(facts);
  return STAGES.map((stage, at) => {
    const hidden = byInstrument && at < INTENT;
    return {
      stage,
      smes: hidden ? null : (smes[at] ?? null),
      projects: hidden ? null : (projects[at] ?? null),
    };
  });
}

/** Items by key, in the order in which the keys come. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** SMEs of each group at each stage, largest group first. */
export function groupCounts(
  facts: FunnelFacts,
  reached: Reached,
  keyOf: (sme: FunnelSme) => string,
): { key: string; counts: (number | null)[] }[] {
  const known = { suggested: facts.suggested !== null };
  const groups = grouped(facts.smes, keyOf);
  return [...groups]
    .map(([key, smes]) => ({ key, counts: countSmes(smes, reached, known) }))
    .toSorted((a, b) => (b.counts[0] ?? 0) - (a.counts[0] ?? 0) || (a.key < b.key ? -1 : 1));
}

/** Project results are not for everybody: the stages up to the consortium. */
export const upToConsortium = <T>(values: readonly T[]): T[] => values.slice(0, CONSORTIUM + 1);

/** Number of a stage in the order of counts. */
export const stageNumber = (stage: Stage): number => STAGES.indexOf(stage);
