import { expect } from 'chai';
import { boundOf, checkCertificate, sharedOut } from '../../../matching/assignment/certificate.ts';
import type { Certificate } from '../../../matching/assignment/certificate.ts';
import { buildGraph } from '../../../matching/assignment/graph.ts';
import { heaviestMatching } from '../../../matching/assignment/solve.ts';

/** Two triangles joined by a light edge: each triangle needs a set of its own in the proof. */
const graph = buildGraph(6, [
  { u: 0, v: 1, w: 10 },
  { u: 1, v: 2, w: 10 },
  { u: 0, v: 2, w: 10 },
  { u: 3, v: 4, w: 10 },
  { u: 4, v: 5, w: 10 },
  { u: 3, v: 5, w: 10 },
  { u: 2, v: 3, w: 1 },
]);

const proven = (): Certificate => heaviestMatching(graph).certificate;
const faultsOf = (given: Partial<Certificate>): string =>
  checkCertificate(graph, { ...proven(), ...given }).faults.join();

describe('the certificate of a matching', () => {
  it('needs sets of vertices where prices alone prove too little', () => {
    const { prices, sets } = proven();
    expect(sets.length).to.be.greaterThan(0);
    expect(checkCertificate(graph, { prices, sets }).bound).to.equal(4 * 21);
    expect(boundOf({ prices, sets })).to.equal(4 * 21);
    expect(faultsOf({ sets: [] })).to.include('too low');
  });

  it('is seen through when a price is too low, below zero, broken, or missing', () => {
    const { prices } = proven();
    const changed = (vertex: number, price: number): Float64Array =>
      prices.map((old, at) => (at === vertex ? price : old));
    for (const [vertex, price] of prices.entries()) {
      if (price > 0) expect(faultsOf({ prices: changed(vertex, price - 1) })).to.include('too low');
      expect(faultsOf({ prices: changed(vertex, -1) })).to.include(`the price of ${vertex} is -1`);
    }
    expect(faultsOf({ prices: changed(0, 0.5) })).to.include('the price of 0 is 0.5');
    expect(faultsOf({ prices: prices.slice(1) })).to.include('5 prices for 6 vertices');
  });

  it('is seen through when a set is even, overlaps another, comes too early, or holds who is not there', () => {
    const set = (own: number[], around = -1, price = 4) => ({ own, around, price });
    expect(faultsOf({ sets: [set([0, 1])] })).to.include('even number');
    expect(faultsOf({ sets: [set([0, 1, 2]), set([2, 3, 4])] })).to.include('2 is in two sets');
    expect(faultsOf({ sets: [set([0, 1, 2], 1), set([3, 4, 5])] })).to.include('does not come after');
    expect(faultsOf({ sets: [set([0, 1, 6])] })).to.include('6 is no vertex');
    expect(faultsOf({ sets: [set([0, 1, 2], -1, -4)] })).to.include('the price of set 0 is -4');
  });

  it('counts nested sets: an inner one that makes the outer one even is a fault', () => {
    const inner = { own: [0, 1, 2], around: 0, price: 1 };
    expect(faultsOf({ sets: [{ own: [3, 4], around: -1, price: 1 }, inner] })).not.to.include('even');
    expect(faultsOf({ sets: [{ own: [3], around: -1, price: 1 }, inner] })).to.include(
      'set 0 has an even number',
    );
  });

  it('proves a larger bound, never a smaller one, when prices are raised', () => {
    const { prices, sets } = proven();
    const { bound, faults } = checkCertificate(graph, { prices: prices.map((price) => price + 2), sets });
    expect(faults).to.deep.equal([]);
    expect(bound).to.equal(4 * 21 + 12);
  });

  it('can be handed out to the vertices alone, who then bear out every edge', () => {
    const shared = sharedOut(proven());
    expect(checkCertificate(graph, { prices: shared, sets: [] }).faults).to.deep.equal([]);
  });
});
