import { expect } from 'chai';
import fc from 'fast-check';
import { buildGraph } from '../../../matching/assignment/graph.ts';
import { LiveGraph } from '../../../matching/repair/live-graph.ts';

const SIZE = 6;

/** What a graph lists at each vertex, sorted. */
const listed = (graph: LiveGraph): string[] => {
  const found: string[] = [];
  for (let u = 0; u < graph.size; u += 1) {
    for (let at = graph.first[u] ?? 0; at < (graph.last[u] ?? 0); at += 1) {
      const half = graph.halves[at] ?? 0;
      expect(graph.ends[half]).to.equal(graph.neighbours[at]);
      expect(graph.ends[half ^ 1]).to.equal(u);
      expect(graph.weights[half >> 1]).to.equal(graph.weightsAt[at]);
      expect(graph.find(u, graph.neighbours[at] ?? 0)).to.equal(half);
      found.push(`${u}-${graph.neighbours[at]}:${graph.weightsAt[at]}`);
    }
  }
  return found.sort();
};

const vertex = fc.integer({ min: 0, max: SIZE - 1 });
const edits = fc.array(fc.tuple(vertex, vertex, fc.integer({ min: -1, max: 9 })), { maxLength: 120 });

describe('a graph whose edges come and go', () => {
  it('lists the edges that a plain map holds, whatever is added, changed and taken away', () => {
    fc.assert(
      fc.property(edits, (all) => {
        let graph = new LiveGraph(buildGraph(SIZE, [{ u: 0, v: 1, w: 3 }]), SIZE);
        const model = new Map([['0-1', 3]]);
        for (const [one, other, w] of all) {
          if (one === other) continue;
          const [u, v] = [Math.min(one, other), Math.max(one, other)];
          const half = graph.find(u, v);
          expect(half >= 0).to.equal(model.has(`${u}-${v}`));
          if (w < 0) {
            if (half >= 0) graph.remove(half >> 1);
            model.delete(`${u}-${v}`);
            continue;
          }
          if (half >= 0) graph.setWeight(half >> 1, w);
          else {
            if (!graph.makeRoom(u, v)) graph = graph.roomier();
            graph.add({ u, v, w });
          }
          model.set(`${u}-${v}`, w);
        }
        const expected = [...model].flatMap(([pair, w]) => [
          `${pair}:${w}`,
          `${pair.split('-').reverse().join('-')}:${w}`,
        ]);
        expect(listed(graph)).to.deep.equal(expected.sort());
        expect(graph.edges().length).to.equal(model.size);
        expect(listed(graph.roomier(SIZE + 3))).to.deep.equal(expected);
      }),
    );
  });

  it('keeps the numbers of its edges when it is laid out anew', () => {
    const graph = new LiveGraph(
      buildGraph(3, [
        { u: 0, v: 1, w: 1 },
        { u: 1, v: 2, w: 2 },
      ]),
      3,
    );
    const half = graph.find(2, 1);
    graph.remove(graph.find(0, 1) >> 1);
    expect(graph.roomier(9).find(2, 1)).to.equal(half);
    expect(graph.roomier(9).edges()).to.deep.equal([{ u: 1, v: 2, w: 2 }]);
    expect([graph.degree(0), graph.degree(1)]).to.deep.equal([0, 1]);
  });
});
