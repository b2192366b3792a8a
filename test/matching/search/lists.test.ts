import { expect } from 'chai';
import fc from 'fast-check';
import { MatchingIndex } from '../../../matching/index.ts';
import { flatten, type FlatTables } from '../../../matching/search/flat.ts';
import { ListSearch } from '../../../matching/search/lists.ts';
import { searchTogether } from '../../../matching/search/together.ts';
import type { Shares } from '../../../matching/model.ts';
import { TopLists } from '../../../matching/topk.ts';
import { FACTORS, type Profile, type Weights } from '../../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../../matching/weights.ts';
import { finish, naiveLists, read, refresh } from '../support/oracle.ts';
import {
  arbitraryPool,
  buildCall,
  buildNeed,
  buildProfile,
  buildSolution,
  TAXONOMY,
} from '../support/pool.ts';

const NOTHING: Weights = {
  capability: 0,
  text: 0,
  trl: 0,
  domain: 0,
  challenge: 0,
  reach: 0,
  practical: 0,
};

const listsOf = (
  profiles: readonly Profile[],
  listLength: number,
  weights = DEFAULT_WEIGHTS,
  call = buildCall(),
) => {
  const index = new MatchingIndex({ taxonomy: TAXONOMY, call, weights, listLength });
  index.upsert(profiles);
  refresh(index);
  return [...index.lists()];
};

const expectExact = (profiles: readonly Profile[], length: number, weights = DEFAULT_WEIGHTS): void => {
  expect(listsOf(profiles, length, weights)).to.deep.equal(
    naiveLists(profiles, length, buildCall(), weights),
  );
};

const COUNTRIES = ['FR', 'IT', 'FI', 'MT'];
const countryOf = (number: number): string => COUNTRIES[number % COUNTRIES.length] ?? 'FR';

/** A pool in which words are as unevenly spread as in real texts, with every mixture of what is declared. */
const manySmes = (size: number): Profile[] =>
  Array.from({ length: size }, (_, number) => {
    const words = Array.from(
      { length: 24 },
      (_unused, at) => `word${(number * (at + 1) * 7) % (3 + at * at)}`,
    );
    return buildProfile({
      id: `p${number}`,
      country: countryOf(number),
      marketRole: number % 3 === 0 ? 'deep-tech' : null,
      solutions:
        number % 11 === 0
          ? []
          : [
              buildSolution({
                offer: words.join(' '),
                capabilities: number % 2 === 0 ? ['intrusion', 'ai'].slice(number % 3) : [],
                trl: number % 5 === 0 ? 7 : null,
              }),
            ],
      needs:
        number % 4 === 0
          ? [buildNeed({ words: words.slice(number % 20).join(' '), technologies: ['uav'] })]
          : [],
    });
  });

describe('lists that are found by bounds', () => {
  for (const factor of FACTORS) {
    it(`are exact where only ${factor} counts`, () => {
      fc.assert(
        fc.property(arbitraryPool, (profiles) => {
          expectExact(profiles, 3, { ...NOTHING, [factor]: 1 });
        }),
        { numRuns: 25 },
      );
    });
  }

  for (const count of [7, 8, 10]) {
    it(`are exact where a challenge has ${count} terms, of which each covers its own`, () => {
      const challenge = buildNeed({
        capabilities: ['network', 'intrusion', 'firewall', 'identity', 'biometrics'],
        technologies: ['ai', 'uav'],
        fields: ['public-spaces', 'disasters'].slice(0, Math.max(0, count - 7)),
        sectors: count === 10 ? ['energy'] : [],
      });
      const call = buildCall({ challenges: [challenge] });
      const { capabilities, technologies, fields, sectors } = challenge;
      // some halves of which two make a whole, some who know of nothing
      const profiles = Array.from({ length: 96 }, (_, number) => {
        const covered = (terms: readonly string[], first: number): string[] =>
          terms.filter((_term, at) => ((number * 37) >> (first + at)) % 2 === 1);
        const solution = buildSolution({
          capabilities: covered(capabilities, 0),
          technologies: covered(technologies, 5),
          fields: covered(fields, 7),
          sectors: covered(sectors, 9),
        });
        return buildProfile({ id: `p${number}`, country: countryOf(number), solutions: [solution] });
      });
      const weights = { ...NOTHING, challenge: 1 };
      expect(listsOf(profiles, 3, weights, call)).to.deep.equal(naiveLists(profiles, 3, call, weights));
    });
  }

  it('are exact on a pool with words of every frequency, texts on one side only and none at all', () => {
    expectExact(manySmes(160), 10);
  });

  it('are exact where everybody names terms, one or more than tables hold, on either side or both', () => {
    // eight domains of nine terms each
    const taxonomy = Array.from({ length: 72 }, (_, term) => ({
      id: `t${term}`,
      label: `Term ${term}`,
      facet: 'knowledge_domain' as const,
      broader: term % 9 === 0 ? null : `t${term - (term % 9)}`,
    }));
    const some = (number: number, step: number) => ({
      capabilities: Array.from(
        { length: number % 7 === 0 ? 40 : number % 5 },
        (_, at) => `t${(number * step + at * 11) % 72}`,
      ),
    });
    const profiles = manySmes(160).map((one, number) => ({
      ...one,
      solutions: one.solutions.map((solution) => ({ ...solution, ...some(number, 5) })),
      needs:
        number % 3 === 0
          ? one.needs
          : [buildNeed({ words: `word${number % 9} word${number % 4}`, ...some(number + 3, 3) })],
    }));
    for (const weights of [
      DEFAULT_WEIGHTS,
      { ...NOTHING, capability: 1 },
      { ...NOTHING, capability: 3, text: 1 },
    ]) {
      const index = new MatchingIndex({ taxonomy, call: buildCall(), weights, listLength: 10 });
      index.upsert(profiles);
      refresh(index);
      expect([...index.lists()]).to.deep.equal(naiveLists(profiles, 10, buildCall(), weights, taxonomy));
    }
  });

  it('are exact where companies that share a project share its text', () => {
    const shared = manySmes(60).map((one, number) => ({
      ...one,
      solutions: [buildSolution({ offer: `radar sonar lidar drones at sea ${number % 3}` })],
      projects: [`joint${number % 4}`],
    }));
    expectExact(shared, 10);
  });

  it('are exact where texts have more in common than 16 bits hold', () => {
    const long = Array.from({ length: 1200 }, (_, word) => `w${word} `.repeat(4)).join('');
    const profiles = manySmes(140).map((one, number) =>
      number % 50 === 0 ? { ...one, solutions: [buildSolution({ offer: `${long} ${number}` })] } : one,
    );
    expectExact(profiles, 10);
  });

  it('are exact where a posted need has more in common with an offer than 16 bits hold', () => {
    const long = (times: number): string =>
      Array.from({ length: 1700 }, (_, word) => `w${word} `.repeat(times)).join('');
    const profiles = manySmes(150).map((one, number) => {
      if (number === 8) return { ...one, needs: [buildNeed({ words: long(4) })] };
      return number === 9 ? { ...one, solutions: [buildSolution({ offer: long(2) })] } : one;
    });
    expectExact(profiles, 10);
  });

  it('have the lower id first among equals, however many there are', () => {
    const equals = Array.from({ length: 70 }, (_, number) =>
      buildProfile({
        id: `p${number}`,
        country: countryOf(number),
        solutions: [buildSolution({ offer: 'radar' })],
      }),
    );
    expectExact(equals, 5);
  });

  it('hold everybody where they are longer than the pool', () => {
    const profiles = manySmes(12);
    expectExact(profiles, 50);
    expect(Math.max(...listsOf(profiles, 50).map(({ suggestions }) => suggestions.length))).to.be.below(12);
  });

  it('are empty where all are of one country', () => {
    const profiles = manySmes(20).map((one) => ({ ...one, country: 'FR' }));
    for (const { suggestions } of listsOf(profiles, 10)) expect(suggestions).to.deep.equal([]);
  });
});

describe('all lists', () => {
  /** Everybody's list, found row by row among all. */
  const byRow = (tables: FlatTables, shares: readonly Shares[]): TopLists => {
    const lists = new TopLists(tables.positions, 4);
    const search = new ListSearch(tables, shares);
    for (let slot = 0; slot < tables.size; slot += 1) search.fill(slot, lists);
    return lists;
  };
  const together = (tables: FlatTables, shares: readonly Shares[]): TopLists => {
    const lists = new TopLists(tables.positions, 4);
    const scope = { tables, shares, positions: tables.columns.position };
    finish(searchTogether(new ListSearch(tables, shares), scope, lists, null));
    return lists;
  };

  it('are the same where each pair is looked at once, with guesses of where lists end', () => {
    for (const size of [90, 1_300]) {
      const { pool, model } = read(manySmes(size));
      const tables = finish(flatten(pool, model));
      expect(together(tables, model.shares)).to.deep.equal(byRow(tables, model.shares));
    }
  });

  it('are the same from tables that were sent somewhere else', () => {
    const { pool, model } = read(manySmes(40));
    const tables = finish(flatten(pool, model));
    expect(together(structuredClone(tables), model.shares)).to.deep.equal(together(tables, model.shares));
  });

  it('are the same with floors that are known to be reached', () => {
    const { pool, model } = read(manySmes(60));
    const tables = finish(flatten(pool, model));
    const found = byRow(tables, model.shares);
    const again = new TopLists(tables.positions, 4);
    const search = new ListSearch(tables, model.shares);
    for (const [slot, position] of tables.columns.position.entries()) {
      search.fill(slot, again, { known: found.floors[position] ?? -1 });
    }
    expect(again).to.deep.equal(found);
  });
});
