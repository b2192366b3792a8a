import { expect } from 'chai';
import { buildGraph } from '../../../matching/assignment/graph.ts';

describe('a weighted graph', () => {
  it('sorts its edges and lists at each vertex the halves that lead away from it', () => {
    const graph = buildGraph(4, [
      { u: 3, v: 1, w: 7 },
      { u: 0, v: 1, w: 5 },
    ]);
    expect([...graph.ends]).to.deep.equal([0, 1, 1, 3]);
    expect([...graph.weights]).to.deep.equal([5, 7]);
    const around = (vertex: number): number[] => [
      ...graph.neighbours.subarray(graph.first[vertex], graph.first[vertex + 1]),
    ];
    expect([0, 1, 2, 3].map(around)).to.deep.equal([[1], [0, 3], [], [1]]);
    graph.halves.forEach((half, at) => {
      expect(graph.ends[half]).to.equal(graph.neighbours[at]);
      expect(graph.weights[half >> 1]).to.equal(graph.weightsAt[at]);
    });
  });

  it('refuses what is no simple graph with whole weights, naming it', () => {
    const build = (u: number, v: number, w: number) => () => buildGraph(3, [{ u, v, w }]);
    expect(build(0, 3, 1)).to.throw(RangeError, 'leads to 3');
    expect(build(-1, 2, 1)).to.throw(RangeError, 'leads to -1');
    expect(build(1, 1, 1)).to.throw(RangeError, 'joins 1 with itself');
    for (const w of [-1, 0.5, NaN, Infinity]) expect(build(0, 1, w)).to.throw(RangeError, `is ${w}`);
    expect(build(0, 1, 2 ** 50)).to.throw(RangeError, 'too large to be summed');
    const twice = [
      { u: 0, v: 1, w: 1 },
      { u: 1, v: 0, w: 2 },
    ];
    expect(() => buildGraph(2, twice)).to.throw(RangeError, 'comes twice');
  });
});
