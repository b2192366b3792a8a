import { NONE } from './blossoms.ts';
import type { Certificate } from './certificate.ts';
import type { Forest } from './forest.ts';

/** Reads the certificate of a finished search; sets of the price zero are left out. */
export function certificateOf({ blossoms, prices, extras }: Forest): Certificate {
  const { firstChild, nextSibling, graph } = blossoms;
  const sets: { around: number; own: number[]; price: number }[] = [];
  const read = new Uint8Array(blossoms.parent.length);
  const open: { node: number; around: number }[] = [];
  for (let vertex = 0; vertex < graph.size; vertex += 1) {
    const outermost = blossoms.around(vertex);
    // most vertices are in no set
    if (outermost === vertex || read[outermost] === 1) continue;
    read[outermost] = 1;
    open.push({ node: outermost, around: NONE });
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { node } = next;
      let { around } = next;
      if (!blossoms.isBlossom(node)) {
        if (around !== NONE) sets[around].own.push(node);
        continue;
      }
      if (extras[node] > 0) around = sets.push({ around, own: [], price: extras[node] }) - 1;
      let child = firstChild[node];
      do {
        open.push({ node: child, around });
        child = nextSibling[child];
      } while (child !== firstChild[node]);
    }
  }
  for (const { own } of sets) own.sort((x, y) => x - y);
  return { prices, sets };
}
