import { expect } from 'chai';
import fc from 'fast-check';
import { planRounds } from '../../../matching/rounds/plan.ts';
import { roomOf, type Room } from '../../../matching/rounds/room.ts';
import type { RoundsOptions, RoundsPlan } from '../../../matching/rounds/types.ts';
import { finish } from '../support/oracle.ts';
import { arbitraryOptions, arbitraryRoom, bestTotal, fullRoom, sme, type PlainRoom } from './oracle.ts';

const plan = (room: Room, options: RoundsOptions): RoundsPlan => finish(planRounds(room, options));
const key = (a: string, b: string): string => [a, b].toSorted().join(' ');

/** Which pairs of a plain room may meet in which round under some options. */
function allowedBy({ ids, pairs }: PlainRoom, options: RoundsOptions) {
  const barred = new Set([...(options.never ?? []), ...(options.met ?? [])].map(([a, b]) => key(a, b)));
  const away = new Set((options.absences ?? []).map((absence) => `${absence.sme} ${absence.round}`));
  const scores = new Map(pairs.map(({ a, b, score }) => [key(a, b), score]));
  const mayMeet = ({ a, b }: { a: string; b: string }, round: number): boolean =>
    scores.has(key(a, b)) &&
    !barred.has(key(a, b)) &&
    !away.has(`${a} ${round}`) &&
    !away.has(`${b} ${round}`);
  return { mayMeet, scores, away, tables: options.tables ?? Math.floor(ids.length / 2) };
}

/** All faults of a plan against what was asked. */
function faultsOf(room: PlainRoom, options: RoundsOptions, { rounds, smes }: RoundsPlan): string[] {
  const { mayMeet, scores, away, tables } = allowedBy(room, options);
  const met = new Set<string>();
  const faults: string[] = [];
  for (const { round, meetings, byes, absent, total } of rounds) {
    const seated = meetings.flatMap(({ a, b }) => [a, b]);
    const here = room.ids.filter((id) => !away.has(`${id} ${round}`));
    if (new Set(seated).size < seated.length) faults.push(`somebody twice in round ${round}`);
    if (meetings.length > tables) faults.push(`too many meetings in round ${round}`);
    if (new Set(meetings.map(({ table }) => table)).size < meetings.length) faults.push('a table twice');
    if (meetings.some(({ table }) => table < 1 || table > tables)) faults.push('a table that is not there');
    if ([...seated, ...byes].sort().join() !== here.join()) faults.push(`not everybody in round ${round}`);
    if ([...here, ...absent].sort().join() !== room.ids.join()) faults.push('the absent are not those named');
    if (total !== meetings.reduce((sum, { score }) => sum + score, 0)) faults.push('a total');
    for (const { a, b, score } of meetings) {
      if (!mayMeet({ a, b }, round)) faults.push(`${a} and ${b} may not meet in round ${round}`);
      if (met.has(key(a, b))) faults.push(`${a} and ${b} meet twice`);
      if (scores.get(key(a, b)) !== score) faults.push(`the score of ${a} and ${b}`);
      met.add(key(a, b));
    }
  }
  for (const one of smes) {
    const own = rounds
      .flatMap(({ meetings }) => meetings)
      .filter(({ a, b }) => a === one.sme || b === one.sme);
    const before = (options.byes ?? []).find((bye) => bye.sme === one.sme)?.count ?? 0;
    const byes = rounds.filter((round) => round.byes.includes(one.sme)).length + before;
    if (one.meetings !== own.length || one.byes !== byes) faults.push(`the figures of ${one.sme}`);
    if (one.total !== own.reduce((sum, { score }) => sum + score, 0)) faults.push(`the total of ${one.sme}`);
  }
  return faults;
}

describe('rounds of meetings', () => {
  it('keep every rule, whatever is asked', () => {
    fc.assert(
      fc.property(arbitraryRoom(9), arbitraryOptions(9), (room, options) => {
        const found = plan(roomOf(room.ids, room.pairs), options);
        expect(faultsOf(room, options, found)).to.deep.equal([]);
        const wishes = found.wishes.met.length + found.wishes.unmet.length;
        expect(wishes).to.equal((options.wishes ?? []).length);
        for (const { from, to, round } of found.wishes.met) {
          const { meetings } = found.rounds[round - 1] ?? { meetings: [] };
          expect(meetings.some(({ a, b }) => key(a, b) === key(from, to))).to.equal(true);
        }
      }),
    );
  });

  it('come within the stated gap of the largest total there is, and the bound is one', () => {
    fc.assert(
      fc.property(arbitraryRoom(6), arbitraryOptions(6), (room, given) => {
        const options = { ...given, rounds: Math.min(3, given.rounds) };
        const { mayMeet, tables } = allowedBy(room, options);
        const some = room.pairs.filter((pair) => pair.score > 0).slice(0, 9);
        const small = { ids: room.ids, pairs: some };
        const found = plan(roomOf(small.ids, small.pairs), options);
        const best = bestTotal(some, mayMeet, { rounds: options.rounds, tables });
        expect(found.bound).to.be.at.least(best);
        expect(found.total).to.be.at.most(best);
        expect(found.status).to.equal(found.total === found.bound ? 'optimal' : 'feasible');
        expect(found.gap).to.equal(
          found.bound === 0 ? 0 : 1e6 - Math.floor((found.total * 1e6) / found.bound),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('are the same whatever the order of the input', () => {
    fc.assert(
      fc.property(arbitraryRoom(9), arbitraryOptions(9), (room, options) => {
        const turned: RoundsOptions = {
          ...options,
          ...(options.wishes && { wishes: options.wishes.toReversed() }),
          ...(options.never && { never: options.never.map(([a, b]) => [b, a] as const).toReversed() }),
          ...(options.absences && { absences: options.absences.toReversed() }),
        };
        const pairs = room.pairs.map(({ a, b, score }) => ({ a: b, b: a, score })).toReversed();
        const one = plan(roomOf(room.ids, room.pairs), options);
        const other = plan(roomOf(room.ids.toReversed(), pairs), turned);
        expect(JSON.stringify(other)).to.equal(JSON.stringify(one));
      }),
      { numRuns: 50 },
    );
  });

  it('are the same in whatever order two wishes of one SME for another come', () => {
    const two = (['must', 'would-like'] as const).map((kind) => ({ from: sme(0), to: sme(1), kind }));
    const one = plan(fullRoom(4), { rounds: 1, wishes: two });
    expect(plan(fullRoom(4), { rounds: 1, wishes: two.toReversed() })).to.deep.equal(one);
  });

  it('leave no seat empty where all may meet, and spread byes so that they differ by one at most', () => {
    for (const size of [2, 5, 8, 11, 20]) {
      const rounds = Math.min(4, size - 1);
      const found = plan(fullRoom(size), { rounds });
      for (const { meetings } of found.rounds) expect(meetings).to.have.length(Math.floor(size / 2));
      const byes = found.smes.map((one) => one.byes);
      expect(Math.max(...byes) - Math.min(...byes)).to.be.at.most(1);
    }
    const few = plan(fullRoom(12), { rounds: 4, tables: 4 });
    expect(few.rounds.map(({ meetings }) => meetings.length)).to.deep.equal([4, 4, 4, 4]);
    const byes = few.smes.map((one) => one.byes);
    expect([Math.min(...byes), Math.max(...byes)]).to.deep.equal([1, 2]);
  });

  it('seat those first who sat out most before', () => {
    const found = plan(fullRoom(5), {
      rounds: 1,
      byes: [
        { sme: sme(4), count: 2 },
        { sme: sme(0), count: 1 },
      ],
    });
    const [byes = []] = found.rounds.map((round) => round.byes);
    expect(byes).to.have.length(1);
    expect(byes).not.to.include(sme(4));
    expect(byes).not.to.include(sme(0));
  });

  it('meet what must be before all scores, mutual wishes before one-sided ones', () => {
    const room = fullRoom(6, (u, v) => (u + v === 1 ? 0 : 900_000));
    const must = (from: number, to: number) => ({ from: sme(from), to: sme(to), kind: 'must' as const });
    const one = plan(room, { rounds: 1, wishes: [must(0, 1)] });
    expect(one.wishes.met.map(({ round, mutual }) => [round, mutual])).to.deep.equal([[1, false]]);
    const both = plan(room, { rounds: 1, wishes: [must(0, 2), must(1, 0), must(0, 1)] });
    expect(both.wishes.met.map(({ from, to }) => [from, to])).to.deep.equal([
      [sme(0), sme(1)],
      [sme(1), sme(0)],
    ]);
    expect(both.wishes.unmet.map(({ reason }) => reason)).to.deep.equal(['more-wishes-than-rounds']);
  });

  it('say why a wish is not met', () => {
    const room = roomOf(
      ['a', 'b', 'c', 'd'],
      [
        { a: 'a', b: 'b', score: 5 },
        { a: 'a', b: 'c', score: 5 },
        { a: 'b', b: 'c', score: 5 },
        { a: 'a', b: 'd', score: 5 },
      ],
    );
    const reasonOf = (to: string, options: Partial<RoundsOptions>): string | undefined =>
      plan(room, { rounds: 1, wishes: [{ from: 'a', to, kind: 'would-like' }], ...options }).wishes.unmet[0]
        ?.reason;
    expect(reasonOf('z', {})).to.equal('not-in-room');
    expect(reasonOf('b', { never: [['b', 'a']] })).to.equal('never');
    expect(reasonOf('b', { met: [['a', 'b']] })).to.equal('met-before');
    expect(reasonOf('b', { absences: [{ sme: 'b', round: 1 }] })).to.equal('never-both-free');
    expect(reasonOf('b', { pinned: [{ round: 1, a: 'a', b: 'c' }] })).to.equal('never-both-free');
    expect(reasonOf('b', { tables: 0 })).to.equal('others-came-first');
    const unlike = plan(room, { rounds: 1, wishes: [{ from: 'b', to: 'd', kind: 'must' }] });
    expect(unlike.wishes.unmet[0]?.reason).to.equal('not-allowed');
  });

  it('even out, so that the last round is not the weakest', () => {
    const found = plan(
      fullRoom(40, (u, v) => ((u * 7919 + v * 104_729) % 1000) * 900),
      { rounds: 6 },
    );
    const totals = found.rounds.map(({ total }) => total);
    expect(Math.min(...totals) / Math.max(...totals)).to.be.at.least(0.97);
  });

  it('keep an SME at its table from round to round where they can', () => {
    const found = plan(fullRoom(8), { rounds: 3 });
    let stays = 0;
    for (const [at, { meetings }] of found.rounds.entries()) {
      const before = found.rounds[at - 1]?.meetings ?? [];
      for (const { a, b, table } of meetings) {
        if (before.some((old) => old.table === table && [old.a, old.b].some((id) => id === a || id === b)))
          stays += 1;
      }
    }
    expect(stays).to.equal(8);
  });

  it('send those who come new to a table to the one who sits there', () => {
    for (const [stays, first, second] of [
      [1, 2, 0],
      [0, 1, 2],
    ] as const) {
      const pinned = [
        { round: 1, a: sme(stays), b: sme(first), table: 2 },
        { round: 2, a: sme(stays), b: sme(second) },
      ];
      const { rounds } = plan(fullRoom(3), { rounds: 2, tables: 2, pinned });
      expect(rounds.map(({ meetings }) => meetings.map(({ table }) => table))).to.deep.equal([[2], [2]]);
    }
  });

  it('let a wish decide between pairs of nearly the same score, a mutual one before one of one side', () => {
    const room = fullRoom(4, (u, v) => (u + v === 3 ? 500_000 : 560_000));
    const like = (from: number, to: number) => ({
      from: sme(from),
      to: sme(to),
      kind: 'would-like' as const,
    });
    const [first] = plan(room, { rounds: 1, wishes: [like(0, 3), like(3, 0)] }).rounds;
    expect(first?.meetings.map(({ a, b }) => [a, b])).to.deep.equal([
      [sme(0), sme(3)],
      [sme(1), sme(2)],
    ]);
    const one = plan(room, { rounds: 1, wishes: [like(0, 3)] });
    expect(one.wishes.unmet.map(({ reason }) => reason)).to.deep.equal(['others-came-first']);
    const weak = plan(room, { rounds: 1, wishes: [like(0, 3), like(1, 2)] });
    expect(weak.wishes.met).to.have.length(2);
  });

  it('keep pins, and refuse by name those that contradict anything', () => {
    const room = fullRoom(4);
    const pin = (round: number, u: number, v: number, table?: number) => ({
      round,
      a: sme(u),
      b: sme(v),
      ...(table !== undefined && { table }),
    });
    const found = plan(room, { rounds: 2, pinned: [pin(2, 0, 3, 2)] });
    expect(found.rounds[1]?.meetings[1]).to.deep.include({ a: sme(0), b: sme(3), table: 2 });
    const refused: [Partial<RoundsOptions>, string][] = [
      [{ pinned: [pin(3, 0, 1)] }, 'The round of s000 and s001 is 3'],
      [{ pinned: [pin(1, 0, 1), pin(1, 0, 2)] }, 's000 is pinned to two partners in round 1'],
      [{ pinned: [pin(1, 0, 1), pin(2, 0, 1)] }, 'pinned twice'],
      [{ pinned: [pin(1, 0, 9)] }, 's009, who are pinned, is not in the room'],
      [{ pinned: [pin(1, 0, 0)] }, 'a rule does not allow'],
      [{ pinned: [pin(1, 0, 1)], never: [[sme(1), sme(0)]] }, 'are not to meet'],
      [{ pinned: [pin(1, 0, 1)], met: [[sme(1), sme(0)]] }, 'are not to meet'],
      [
        { pinned: [pin(1, 0, 1)], absences: [{ sme: sme(1), round: 1 }] },
        's001 is pinned in round 1, but absent',
      ],
      [{ pinned: [pin(1, 0, 1), pin(1, 2, 3)], tables: 1 }, 'Round 1 has 2 pinned meetings and 1 tables'],
      [{ pinned: [pin(1, 0, 1, 2), pin(1, 2, 3, 2)] }, 'Table 2 is pinned twice'],
      [{ rounds: 0 }, 'The number of rounds is 0'],
      [{ rounds: NaN }, 'The number of rounds is NaN'],
      [{ tables: -1 }, 'The number of tables is -1'],
      [{ first: 3 }, 'The first round is 3'],
      [{ standingBonus: 0.5 }, 'The bonus is 0.5'],
      [{ byes: [{ sme: sme(0), count: -1 }] }, 'The byes of s000 is -1'],
    ];
    for (const [given, message] of refused) {
      expect(() => plan(room, { rounds: 2, ...given }), message).to.throw(RangeError, message);
    }
  });

  it('say what is possible at best where not everybody can have the meetings asked for', () => {
    const odd = plan(fullRoom(5), { rounds: 3, needed: 3 }).demand;
    expect(odd).to.include({ needed: 3, reached: 2, atMost: 2 });
    expect(odd.short.map(({ reason }) => reason)).to.deep.equal(['odd-number', 'odd-number', 'odd-number']);
    expect(plan(fullRoom(4), { rounds: 2, needed: 3 }).demand.short[0]).to.include({
      reason: 'too-few-rounds',
      atMost: 2,
    });
    expect(plan(fullRoom(3), { rounds: 3, needed: 3 }).demand.short[0]).to.include({
      reason: 'too-few-partners',
      atMost: 2,
    });
    expect(plan(fullRoom(8), { rounds: 3, needed: 3, tables: 2 }).demand.short[0]?.reason).to.equal(
      'too-few-tables',
    );
    expect(plan(fullRoom(4), { rounds: 3, needed: 3 }).demand).to.deep.equal({
      needed: 3,
      reached: 3,
      atMost: 3,
      short: [],
    });
    fc.assert(
      fc.property(arbitraryRoom(8), arbitraryOptions(8), (room, options) => {
        const { demand, smes } = plan(roomOf(room.ids, room.pairs), options);
        expect(demand.reached).to.be.at.most(demand.atMost);
        expect(demand.short.length).to.equal(smes.filter(({ meetings }) => meetings < demand.needed).length);
        for (const short of demand.short) expect(short.meetings).to.be.at.most(short.atMost);
      }),
    );
  });

  it('plan an empty room, and a room of one, with nothing in it', () => {
    expect(plan(fullRoom(0), { rounds: 2 })).to.include({ total: 0, bound: 0, gap: 0, status: 'optimal' });
    expect(plan(fullRoom(1), { rounds: 2 }).rounds.map(({ byes }) => byes)).to.deep.equal([
      [sme(0)],
      [sme(0)],
    ]);
  });
});
