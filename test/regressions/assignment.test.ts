import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { z } from 'zod';
import { boundOf, checkCertificate, FOLD } from '../../matching/assignment/certificate.ts';
import { buildGraph } from '../../matching/assignment/graph.ts';
import { heaviestMatching } from '../../matching/assignment/solve.ts';
import { seededRandom, shuffled } from '../../scripts/demo/random.ts';

const folder = new URL('./assignment/', import.meta.url);
const whole = z.int().min(0);
const caseSchema = z.strictObject({
  size: whole,
  optimum: whole,
  edges: z.array(z.tuple([whole, whole, whole])),
});

describe('graphs on which the heaviest matching once went wrong', () => {
  for (const name of readdirSync(folder)) {
    it(`solves ${name.replace('.json', '').replaceAll('-', ' ')}, whatever the vertices are called`, () => {
      const given = caseSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
      for (let seed = 0; seed < 20; seed += 1) {
        const names = Array.from({ length: given.size }, (_, at) => at);
        const called = seed === 0 ? names : shuffled(names, seededRandom(seed));
        const edges = given.edges.map(([u, v, w]) => ({ u: called[u] ?? 0, v: called[v] ?? 0, w }));
        const graph = buildGraph(given.size, edges);
        const { total, certificate } = heaviestMatching(graph);
        expect(total).to.equal(given.optimum);
        expect(checkCertificate(graph, certificate).faults).to.deep.equal([]);
        expect(boundOf(certificate)).to.equal(FOLD * given.optimum);
      }
    });
  }
});
