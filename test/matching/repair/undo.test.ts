import { expect } from 'chai';
import { NONE } from '../../../matching/assignment/blossoms.ts';
import { finishedForest } from '../../../matching/assignment/solve.ts';
import { Undo } from '../../../matching/repair/undo.ts';
import { LiveGraph } from '../../../matching/repair/live-graph.ts';
import { Moves } from '../../../matching/repair/moves.ts';
import { FAMILIES } from '../../../scripts/bench/graphs.ts';
import { seededRandom } from '../../../scripts/demo/random.ts';

/** All that is stored about matched edges, prices, and blossoms that are in use. */
function stateOf({ blossoms, forest }: Moves): unknown {
  const { mates, group, nextVertex, graph, parent, firstChild } = blossoms;
  const { base, sizes, firstVertex, lastVertex, nextSibling, previousSibling, nextHalf } = blossoms;
  const nodesInUse = new Set<number>();
  for (let vertex = 0; vertex < graph.size; vertex += 1) {
    for (let node = vertex; node !== NONE; node = parent[node] ?? NONE) nodesInUse.add(node);
  }
  const used = [...nodesInUse];
  const nodes = used.map((node) => [
    node,
    ...[parent, base, firstChild, sizes, firstVertex, lastVertex].map((field) => field[node]),
    ...(parent[node] === NONE ? [] : [nextSibling, previousSibling, nextHalf].map((field) => field[node])),
  ]);
  const around = Array.from({ length: graph.size }, (_, vertex) => blossoms.around(vertex));
  return structuredClone({
    mates,
    group,
    nextVertex,
    nodes,
    around,
    prices: forest.prices,
    extras: used.flatMap((node) => (blossoms.isBlossom(node) ? [forest.extras[node]] : [])),
  });
}

describe('a log of what was before', () => {
  it('puts everything back as it was after searches that make, open and turn blossoms', () => {
    for (const [name, family] of Object.entries(FAMILIES)) {
      const graph = family(150, 5, seededRandom(4));
      const moves = new Moves({ forest: finishedForest(graph) }, new LiveGraph(graph, graph.size));
      moves.search();
      let changed = 0;
      for (let vertex = 0; vertex < graph.size; vertex += 7) {
        const before = stateOf(moves);
        moves.undo = new Undo(moves.forest);
        moves.detach(vertex);
        moves.hide(vertex, true);
        moves.search();
        changed += moves.log.take(moves.blossoms).lost.length;
        moves.hide(vertex, false);
        moves.undo.restore();
        moves.undo = null;
        expect(stateOf(moves), name).to.deep.equal(before);
      }
      expect(changed, name).to.be.greaterThan(0);
    }
  });
});
