import type { FlatTables } from './flat.ts';
import type { WeightedTables } from './weighted.ts';

/** One side of exact scores: what stands in the tables of one SME, or was read of one that is newer than these. */
export interface Side {
  readonly kind: number;
  /** Number of its country; one that no slot has where there is none of it. */
  readonly country: number;
  /** By class of the other: contributions, and values of the parts of the factor domain. */
  readonly trl: Int32Array;
  readonly practical: Int32Array;
  readonly reach: Int32Array;
  readonly role: Int32Array;
  readonly field: Int32Array;
  readonly sector: Int32Array;
  /** Masks of the terms of each challenge that it covers, how many these are, and whether anything is known. */
  readonly covers: Int32Array;
  readonly coverCounts: Int32Array;
  readonly coversKnown: boolean;
  readonly needs: Int16Array;
  readonly offers: Int16Array;
  readonly projects: Int32Array;
  /** Lengths of what it seeks and offers in words, and the square of the vector of what it offers. */
  readonly seekLength: number;
  readonly offerLength: number;
  readonly squares: number;
  /** Its text as the tables have texts (texts.ts). */
  readonly entries: Int32Array;
}

/** What stands in the tables of one slot. */
export function sideOf(slot: number, tables: FlatTables, weighted: WeightedTables): Side {
  const { columns, terms, matrices, projects, texts } = tables;
  const { challenge } = matrices;
  const cover = columns.challenge[slot];
  const parts = challenge.parts.length;
  return {
    kind: columns.kind[slot],
    country: columns.country[slot],
    trl: weighted.trl.rows[columns.trl[slot]],
    practical: weighted.practical.rows[columns.practical[slot]],
    reach: weighted.reach.rows[columns.reach[slot]],
    role: weighted.role.rows[columns.role[slot]],
    field: weighted.field.rows[columns.field[slot]],
    sector: weighted.sector.rows[columns.sector[slot]],
    covers: challenge.masks.subarray(cover * challenge.perClass, (cover + 1) * challenge.perClass),
    coverCounts: challenge.counts.subarray(cover * parts, (cover + 1) * parts),
    coversKnown: challenge.known[cover] === 1,
    needs: terms.needs.subarray(terms.needStarts[slot], terms.needStarts[slot + 1]),
    offers: terms.offers.subarray(terms.offerStarts[slot], terms.offerStarts[slot + 1]),
    projects: projects.numbers.subarray(projects.starts[slot], projects.starts[slot + 1]),
    seekLength: columns.seekLength[slot],
    offerLength: columns.offerLength[slot],
    squares: columns.squares[slot],
    entries: texts.entries.subarray(texts.starts[slot], texts.starts[slot + 1]),
  };
}

const EMPTY = new Int32Array(0);
/** Stands where no side was read. */
export const NOBODY: Side = {
  kind: 0,
  country: -1,
  trl: EMPTY,
  practical: EMPTY,
  reach: EMPTY,
  role: EMPTY,
  field: EMPTY,
  sector: EMPTY,
  covers: EMPTY,
  coverCounts: EMPTY,
  coversKnown: false,
  needs: new Int16Array(0),
  offers: new Int16Array(0),
  projects: EMPTY,
  seekLength: 1,
  offerLength: 1,
  squares: 0,
  entries: EMPTY,
};
