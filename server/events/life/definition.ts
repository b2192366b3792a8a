import { conflict, invalidRequest, type FieldError } from '../../http/errors.ts';
import type { EventRecord } from '../model.ts';
import { standing, tablesOf, type Plan } from '../plan/plan.ts';
import type { EventInput } from './schema.ts';
import { isFinal } from './state.ts';

/** What an event's definition is checked against. */
export interface DefinitionFacts {
  readonly knowsCountry: (code: string) => boolean;
  readonly clusterNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly cards: (ids: readonly string[]) => Promise<ReadonlyMap<string, unknown>>;
}

/** @throws HttpProblem 400, naming each field that speaks of something that does not exist */
export async function checkDefinition(input: EventInput, facts: DefinitionFacts): Promise<void> {
  const { clusterIds, countries, smeIds } = input.invited;
  const [clusters, smes] = await Promise.all([facts.clusterNames(clusterIds), facts.cards(smeIds)]);
  const faults: FieldError[] = [];
  const check = (
    field: string,
    ids: readonly string[],
    knows: (id: string) => boolean,
    what: string,
  ): void => {
    for (const [at, id] of ids.entries()) {
      if (!knows(id))
        faults.push({ field: `invited.${field}.${at}`, message: `there is no ${what} '${id}'` });
    }
  };
  check('clusterIds', clusterIds, (id) => clusters.has(id), 'cluster');
  check('countries', countries, facts.knowsCountry, 'country');
  check('smeIds', smeIds, (id) => smes.has(id), 'SME');
  const { longBreaks, rounds } = input.timetable;
  for (const [at, { afterRound }] of longBreaks.entries()) {
    if (afterRound < rounds) continue;
    const message = `must be one of the rounds that another one follows: 1 to ${rounds - 1}`;
    faults.push({ field: `timetable.longBreaks.${at}.afterRound`, message });
  }
  if (faults.length > 0) throw invalidRequest(faults);
}

/**
 * Refuses a change that would pull the ground from under what is planned or under way.
 * @throws HttpProblem 409 with what stands in the way
 */
export function checkChange(event: EventRecord, input: EventInput, plan: Plan): void {
  if (isFinal(event.state))
    throw conflict('event-over', `${event.name} is ${event.state}: it is not changed any more.`);
  const inUse = [...plan.rounds.values()].filter(({ state }) => state !== 'done').flatMap(standing);
  const highest = Math.max(0, ...inUse.map(({ table }) => table));
  if (tablesOf(input.place) < highest) {
    throw conflict(
      'tables-in-use',
      `Table ${highest} is in use in a coming round: there must be at least ${highest} tables.`,
    );
  }
  const last = [...plan.rounds.values()]
    .filter((round) => round.state !== 'planned' || standing(round).length > 0)
    .reduce((most, round) => Math.max(most, round.number), 0);
  if (input.timetable.rounds < last) {
    throw conflict(
      'round-in-use',
      `Round ${last} has begun or has meetings: there must be at least ${last} rounds.`,
    );
  }
}
