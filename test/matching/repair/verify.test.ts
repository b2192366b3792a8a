import { expect } from 'chai';
import { StandingRoom } from '../../../matching/repair/standing-room.ts';
import { verifyRoom, type RoomClaim } from '../../../matching/repair/verify.ts';
import type { RoomProof } from '../../../matching/repair/room-types.ts';

const ids = ['A', 'B', 'C'];
const candidates = [
  { a: 'A', b: 'B', score: 600_000 },
  { a: 'C', b: 'B', score: 700_000 },
  { a: 'A', b: 'C', score: 800_000 },
];
const room = new StandingRoom(ids, candidates);
const claim: RoomClaim = {
  ids,
  candidates,
  options: {},
  told: [],
  pairs: room.pairs(),
  summary: room.summary,
};

const faultsOf = (given: Partial<RoomClaim>, proof: Partial<RoomProof> = {}): string =>
  verifyRoom({ ...claim, ...given }, { ...room.proof(), ...proof }).join();

describe('the check of a room', () => {
  it('finds nothing wrong with what a room says of itself', () => {
    expect(claim.pairs).to.deep.equal([['A', 'C']]);
    expect(faultsOf({})).to.equal('');
  });

  it('sees through a set that is not the best, and sums that are wrong', () => {
    const worse = {
      pairs: 1,
      total: 700_000,
      worth: 700_000,
      bound: 700_000,
      status: 'optimal',
      bonus: 0,
      kept: 0,
    } as const;
    expect(faultsOf({ pairs: [['B', 'C']], summary: worse })).to.match(/the prices prove \d+, not/);
    expect(faultsOf({ summary: worse })).to.include('total is 800000, not 700000');
    expect(faultsOf({ summary: { ...room.summary, status: 'feasible' } })).to.include(
      'status is optimal, not feasible',
    );
  });

  it('sees through pairs that may not be proposed, or twice the same SME', () => {
    expect(
      faultsOf({
        pairs: [
          ['A', 'C'],
          ['A', 'B'],
        ],
      }),
    ).to.include('A is in two pairs, or not there');
    expect(faultsOf({ pairs: [['A', 'X']] })).to.include('X is in two pairs, or not there');
    expect(faultsOf({ candidates: candidates.slice(0, 2) })).to.include('A and C may not be proposed');
  });

  it('sees through a proof that leaves out a pair, somebody, or makes up an empty chair', () => {
    const better = [...candidates.slice(0, 2), { a: 'A', b: 'C', score: 900_000 }];
    const summary = { ...room.summary, total: 900_000, worth: 900_000, bound: 900_000 };
    expect(faultsOf({ candidates: better, summary })).to.include('the proof does not hold');
    expect(faultsOf({}, { ids: ['A', null, 'C', null] })).to.include('the proof knows nothing of B');
    expect(faultsOf({ ids: ['A', 'C'] })).to.match(/the prices prove \d+, not/);
    const { certificate } = room.proof();
    const prices = certificate.prices.map((price) => price - 2);
    expect(faultsOf({}, { certificate: { ...certificate, prices } })).to.include('too low');
  });
});
