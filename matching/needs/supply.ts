import type { Pool } from '../pool.ts';
import type { Progress } from '../steps.ts';
import type { Taxonomy } from '../taxonomy.ts';
import type { Solution, TermId } from '../types.ts';
import { isReady, near } from './parts.ts';
import type { PartSupply, WantedTerm } from './types.ts';

/** Bit of a solution whose readiness is not declared; below it a bit for each level. */
const UNDECLARED = 1 << 9;
/** SMEs read between two pauses. */
const BLOCK = 256;

/** Levels at which the SMEs of a pool offer a term: for each combination of levels, how many SMEs have it. */
type Combinations = Map<number, number>;

const bitOf = ({ trl }: Solution): number => (trl === null ? UNDECLARED : 1 << (trl - 1));

/** Bits of the levels that a need takes. */
function wantedBits(wanted: WantedTerm): number {
  let bits = isReady(null, wanted) ? UNDECLARED : 0;
  for (const level of [1, 2, 3, 4, 5, 6, 7, 8, 9] as const) {
    if (isReady(level, wanted)) bits |= 1 << (level - 1);
  }
  return bits;
}

function* combinations(
  terms: readonly TermId[],
  pool: Pool,
  taxonomy: Taxonomy,
): Generator<Progress, Combinations[], void> {
  const found = terms.map((): Combinations => new Map());
  const broughtBy = bringerTable(terms, taxonomy);
  const levels = new Int32Array(terms.length);
  for (let place = 0; place < pool.features.length; place += 1) {
    if (place % BLOCK === 0) yield { done: place, total: pool.features.length };
    const { prepared, mayTakePart } = pool.features[place];
    if (!mayTakePart) continue;
    levels.fill(0);
    for (const solution of prepared.profile.solutions) {
      const { capabilities, technologies, fields, sectors } = solution;
      for (const own of [...capabilities, ...technologies, ...fields, ...sectors]) {
        for (const term of broughtBy.get(own) ?? []) levels[term] |= bitOf(solution);
      }
    }
    for (let term = 0; term < levels.length; term += 1) {
      const bits = levels[term];
      if (bits !== 0) found[term].set(bits, (found[term].get(bits) ?? 0) + 1);
    }
  }
  return found;
}

/** For each term that an SME may declare the places of the wanted ones that it brings. */
function bringerTable(terms: readonly TermId[], taxonomy: Taxonomy): ReadonlyMap<TermId, readonly number[]> {
  const table = new Map<TermId, number[]>();
  for (let own = 0; own < taxonomy.size; own += 1) {
    const places = terms.flatMap((term, place) => {
      const wanted = taxonomy.number(term);
      return wanted !== undefined && near(wanted, own, taxonomy) ? [place] : [];
    });
    if (places.length > 0) table.set(taxonomy.id(own), places);
  }
  return table;
}

/** For each wanted term how many SMEs that may take part offer it, at all and at the wanted readiness; in the order asked. */
export function* supplyOf(
  wanted: readonly WantedTerm[],
  pool: Pool,
  taxonomy: Taxonomy,
): Generator<Progress, PartSupply[], void> {
  const terms = [...new Set(wanted.map(({ term }) => term))];
  const counts = new Map(
    (yield* combinations(terms, pool, taxonomy)).map((found, place) => [terms[place], found]),
  );
  return wanted.map((one) => {
    const bits = wantedBits(one);
    let [offered, ready] = [0, 0];
    for (const [levels, smes] of counts.get(one.term) ?? []) {
      offered += smes;
      if ((levels & bits) !== 0) ready += smes;
    }
    return { term: one.term, offered, ready };
  });
}
