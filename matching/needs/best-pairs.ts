import { refusals } from '../rules.ts';
import type { Call, Profile } from '../types.ts';
import { levelsIn, together, type Cover } from './parts.ts';

/*
 * Problem: of all pairs that may form a consortium, the K that answer a need best: by what they cover together, then by what they cover only
 *   together, then by their words, then by id.
 * Method: SMEs with the same cover are alike but for country and words, so pairs of covers are looked at instead of pairs of SMEs. Covers
 *   are grouped by how much they cover alone: two that cover s and t alone cover at most s + t together, and only together at most that
 *   less the greater of the two. Groups are taken in the order of this bound, and the search ends where it is below the K-th best. Between
 *   two covers, SMEs are taken by their words; the first that is no better than the K-th best ends the row.
 * What is found is exact: nothing is sampled or cut off.
 * Complexity: O(pairs of covers) at worst, plus K for each pair of covers that is good enough. A need of six parts has 3^6 covers at most;
 *   a pool of 20,000 has far fewer.
 */

/** An SME that brings at least one part. `place` is its place in the order of ids. */
export interface Candidate {
  readonly place: number;
  readonly profile: Profile;
  readonly cover: Cover;
  readonly words: number;
}

/** A pair that was found; `a` comes before `b` in the order of ids. */
export interface FoundPair {
  readonly a: Candidate;
  readonly b: Candidate;
  readonly covered: number;
  readonly onlyTogether: number;
  readonly words: number;
}

/** SMEs with one cover, by country, those with the best words first. */
interface Alike {
  readonly cover: Cover;
  readonly alone: number;
  readonly countries: ReadonlyMap<string, readonly Candidate[]>;
}

const wordsFirst = (one: Candidate, other: Candidate): number =>
  other.words - one.words || one.place - other.place;

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function alikes(candidates: readonly Candidate[]): Alike[] {
  const sorted = [...candidates].sort(wordsFirst);
  return [...grouped(sorted, ({ cover }) => `${cover.any}/${cover.ready}`).values()].map((members) => ({
    cover: members[0].cover,
    alone: levelsIn(members[0].cover),
    countries: grouped(members, ({ profile }) => profile.country),
  }));
}

/** Best first. */
const compare = (one: FoundPair, other: FoundPair): number =>
  other.covered - one.covered ||
  other.onlyTogether - one.onlyTogether ||
  other.words - one.words ||
  one.a.place - other.a.place ||
  one.b.place - other.b.place;

/** The K best so far. */
class Best {
  readonly found: FoundPair[] = [];
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  /** Whether a pair with this much may still come in, whatever its words and ids. */
  hopeFor(covered: number, onlyTogether: number): boolean {
    if (this.found.length < this.#size) return true;
    const last = this.found[this.#size - 1];
    return covered > last.covered || (covered === last.covered && onlyTogether >= last.onlyTogether);
  }

  isBetter(pair: FoundPair): boolean {
    return this.found.length < this.#size || compare(pair, this.found[this.#size - 1]) < 0;
  }

  add(pair: FoundPair): void {
    let at = this.found.length;
    while (at > 0 && compare(pair, this.found[at - 1]) < 0) at -= 1;
    this.found.splice(at, 0, pair);
    if (this.found.length > this.#size) this.found.pop();
  }
}

interface Search {
  readonly best: Best;
  readonly call: Call;
  /** For each country whether two SMEs in it are refused for that. */
  readonly sameCountry: Map<string, boolean>;
}

/** Whether the call refuses two SMEs of one country: asked once for each country, of two that are there. */
function refusesSameCountry(one: Candidate, other: Candidate, { call, sameCountry }: Search): boolean {
  const { country } = one.profile;
  const known = sameCountry.get(country);
  if (known !== undefined) return known;
  if (one.place === other.place) return false;
  const found = refusals(one.profile, other.profile, call).some(({ code }) => code === 'same-country');
  sameCountry.set(country, found);
  return found;
}

/** Takes the best pairs of two lists of SMEs into the search; all pairs of theirs cover the same. */
function matchLists(
  ones: readonly Candidate[],
  others: readonly Candidate[],
  cover: Pick<FoundPair, 'covered' | 'onlyTogether'>,
  { best, call }: Search,
): void {
  for (let i = 0; i < ones.length; i += 1) {
    const first = ones === others ? i + 1 : 0;
    for (let j = first; j < others.length; j += 1) {
      const [one, other] = [ones[i], others[j]];
      const [a, b] = one.place < other.place ? [one, other] : [other, one];
      const pair = { a, b, ...cover, words: one.words + other.words };
      // Both lists are in order, so neither this row nor, from its first on, any later one has a better pair.
      if (!best.isBetter(pair)) {
        if (j === first) return;
        break;
      }
      if (refusals(a.profile, b.profile, call).length === 0) best.add(pair);
    }
  }
}

function matchCovers(one: Alike, other: Alike, search: Search): void {
  const covered = levelsIn(together(one.cover, other.cover));
  const onlyTogether = covered - Math.max(one.alone, other.alone);
  if (!search.best.hopeFor(covered, onlyTogether)) return;
  const lists = [...one.countries.values()];
  const others = one === other ? lists : [...other.countries.values()];
  lists.forEach((list, i) => {
    for (let j = one === other ? i : 0; j < others.length; j += 1) {
      const [first, second] = [list[0], others[j][others[j].length - 1]];
      const sameCountry = first.profile.country === second.profile.country;
      if (sameCountry && refusesSameCountry(first, second, search)) continue;
      matchLists(list, others[j], { covered, onlyTogether }, search);
    }
  });
}

/** Two groups of covers by how much each covers alone, with the most that pairs between them may reach. */
interface Meeting {
  readonly ones: readonly Alike[];
  readonly others: readonly Alike[];
  readonly covered: number;
  readonly onlyTogether: number;
}

function meetings(all: readonly Alike[], most: number): Meeting[] {
  const groups = [...grouped(all, ({ alone }) => alone)].sort(([one], [other]) => other - one);
  return groups
    .flatMap(([alone, ones], i) =>
      groups.slice(i).map(([otherAlone, others]) => {
        const covered = Math.min(most, alone + otherAlone);
        return { ones, others, covered, onlyTogether: covered - alone };
      }),
    )
    .sort((x, y) => y.covered - x.covered || y.onlyTogether - x.onlyTogether);
}

/** Covers looked at between two pauses. */
const BLOCK = 4_096;

/**
 * The best pairs for a need among candidates, exactly. A generator, so that the caller can pause it.
 *
 * @param most what can be covered at most
 */
export function* bestPairs(
  candidates: readonly Candidate[],
  { most, size, call }: { most: number; size: number; call: Call },
): Generator<undefined, readonly FoundPair[], void> {
  const best = new Best(size);
  if (size === 0) return [];
  const search: Search = { best, call, sameCountry: new Map() };
  let looked = 0;
  for (const { ones, others, covered, onlyTogether } of meetings(alikes(candidates), most)) {
    if (!best.hopeFor(covered, onlyTogether)) break;
    for (let i = 0; i < ones.length; i += 1) {
      for (let j = ones === others ? i : 0; j < others.length; j += 1) {
        matchCovers(ones[i], others[j], search);
        looked += 1;
        if (looked % BLOCK === 0) yield;
      }
    }
  }
  return best.found;
}
