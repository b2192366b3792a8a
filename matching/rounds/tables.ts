import { buildGraph, type Edge } from '../assignment/graph.ts';
import { heaviestMatching } from '../assignment/solve.ts';
import type { RoundsAsked } from './asked.ts';
import type { Draft } from './draft.ts';

/*
 * Problem: a table for each meeting, so that people stay where they are and where they were told to go.
 * Method: round by round, a matching of meetings with tables: a table that both were told of for this meeting counts four, one at which
 * one of the two sat in its last meeting counts one. What is left takes the lowest free tables in the order of ids.
 */

const TOLD = 4;
const SAT_HERE = 1;

/** Table of each SME by round and position, 0 where it has no meeting. */
export function tablesOf(draft: Draft, asked: RoundsAsked): Int32Array[] {
  const last = new Int32Array(draft.size);
  return draft.rounds.map((_, round) => {
    const tables = roundTables({ draft, asked, last }, round);
    tables.forEach((table, sme) => {
      if (table > 0) last[sme] = table;
    });
    return tables;
  });
}

interface Known {
  readonly draft: Draft;
  readonly asked: RoundsAsked;
  /** Table at which each SME sat last, 0 for none. */
  readonly last: Int32Array;
}

function roundTables(known: Known, round: number): Int32Array {
  const { draft, asked } = known;
  const { mates } = draft.rounds[round];
  const tables = new Int32Array(draft.size);
  const taken = new Set<number>();
  const sit = (u: number, table: number): void => {
    tables[u] = tables[mates[u]] = table;
    taken.add(table);
  };
  for (const pin of asked.pinned)
    if (pin.round - asked.first === round && pin.table > 0) sit(pin.u, pin.table);
  const open = [...draft.meetings(round)].filter(([u]) => tables[u] === 0);
  for (const [u, table] of preferred(known, round, { open, taken })) sit(u, table);
  let free = 1;
  for (const [u] of open) {
    if (tables[u] > 0) continue;
    while (taken.has(free)) free += 1;
    sit(u, free);
  }
  return tables;
}

/** The best choice of tables that anybody has a reason to sit at. */
function preferred(
  { asked, last }: Known,
  round: number,
  { open, taken }: { open: readonly (readonly [number, number])[]; taken: ReadonlySet<number> },
): [number, number][] {
  const told = new Map(
    asked.standing
      .filter((seat) => seat.round - asked.first === round)
      .map(({ u, v, table }) => [`${u} ${v}`, table]),
  );
  const wishes = open.flatMap(([u, v], meeting) => {
    const worth = new Map<number, number>();
    const add = (table: number, by: number): void => {
      if (table < 1 || table > asked.tables || taken.has(table)) return;
      worth.set(table, (worth.get(table) ?? 0) + by);
    };
    add(told.get(`${u} ${v}`) ?? 0, TOLD);
    add(last[u], SAT_HERE);
    add(last[v], SAT_HERE);
    return [...worth].map(([table, by]) => ({ meeting, table, by }));
  });
  const numbers = [...new Set(wishes.map(({ table }) => table))].sort((x, y) => x - y);
  const places = new Map(numbers.map((table, at) => [table, open.length + at]));
  const edges = wishes.map(({ meeting, table, by }): Edge => ({
    u: meeting,
    v: places.get(table) ?? 0,
    w: by,
  }));
  const { mates } = heaviestMatching(buildGraph(open.length + numbers.length, edges));
  return open.flatMap(([u], meeting): [number, number][] =>
    mates[meeting] >= 0 ? [[u, numbers[mates[meeting] - open.length]]] : [],
  );
}
