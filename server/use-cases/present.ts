import type { AuditedState } from '../audit/audit.ts';
import { shownOf } from './consents.ts';
import { solutionKey, type UseCaseRecord } from './model.ts';
import type { SolutionRef, UseCaseCard, UseCaseView } from './schema.ts';

/** Names that a use case is shown with. */
export interface UseCaseNames {
  readonly clusterName: (id: string | null) => string | null;
  readonly fieldLabel: (id: string) => string;
}

/** A solution as a use case names it; by `solutionKey`. */
export type NamedSolutions = ReadonlyMap<
  string,
  SolutionRef & { title: string; company: string; country: string }
>;

const EXCERPT_CHARACTERS = 220;

function beginning(text: string): string {
  if (text.length <= EXCERPT_CHARACTERS) return text;
  const head = text.slice(0, EXCERPT_CHARACTERS);
  return `${head.slice(0, Math.max(head.lastIndexOf(' '), EXCERPT_CHARACTERS / 2)).replace(/[\ud800-\udbff]$/, '')} …`;
}

export function presentCard(record: UseCaseRecord, names: UseCaseNames): UseCaseCard {
  return {
    id: record._id,
    title: record.title,
    excerpt: beginning(record.result),
    field: { id: record.field, label: names.fieldLabel(record.field) },
    clusterId: record.clusterId,
    clusterName: names.clusterName(record.clusterId),
    state: record.state,
    solutions: record.shownKeys.length,
    createdAt: record.createdAt.toISOString(),
  };
}

/** @param reader what this reader may see beyond the text: the consents, or what it is asked itself */
export function presentUseCase(
  record: UseCaseRecord,
  names: UseCaseNames,
  solutions: NamedSolutions,
  reader: { mayChange: boolean; smeId: string | null },
): UseCaseView {
  const shown = shownOf(record.solutions).flatMap((named) => solutions.get(solutionKey(named)) ?? []);
  const asked = record.solutions.flatMap((named) => {
    const solution = solutions.get(solutionKey(named));
    if (named.smeId !== reader.smeId || !solution) return [];
    return [{ solutionId: named.solutionId, title: solution.title, consent: named.consent }];
  });
  return {
    id: record._id,
    title: record.title,
    problem: record.problem,
    done: record.done,
    result: record.result,
    field: { id: record.field, label: names.fieldLabel(record.field) },
    link: record.link,
    clusterId: record.clusterId,
    clusterName: names.clusterName(record.clusterId),
    state: record.state,
    reason: record.reason,
    solutions: shown,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
    ...(reader.mayChange ? { own: presentOwn(record, solutions) } : {}),
    ...(asked.length > 0 ? { asked } : {}),
  };
}

function presentOwn(record: UseCaseRecord, solutions: NamedSolutions): NonNullable<UseCaseView['own']> {
  return {
    version: record.version,
    named: record.solutions.flatMap((named) => {
      const solution = solutions.get(solutionKey(named));
      return solution ? [{ ...solution, consent: named.consent }] : [];
    }),
    takenDown: record.takenDown,
  };
}

/** A use case as the audit log keeps it. */
export function auditedUseCase(record: UseCaseRecord): AuditedState {
  return {
    version: record.version,
    clusterId: record.clusterId,
    title: record.title,
    problem: record.problem,
    done: record.done,
    result: record.result,
    field: record.field,
    link: record.link,
    solutions: record.solutions.map(({ smeId, solutionId, consent }) => ({ smeId, solutionId, consent })),
    state: record.state,
    takenDown: record.takenDown,
    reason: record.reason,
  };
}
