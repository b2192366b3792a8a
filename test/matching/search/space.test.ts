import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { claimRegion, memoryFor, tableLayout } from '../../../matching/search/space.ts';

const BYTES = 100_000;

const tableMemory = () => {
  const layout = tableLayout();
  const at = layout.reserve(BYTES);
  return { at, memory: memoryFor(layout) };
};

/** A claim whose owner nobody holds on to. */
const claimed = (memory: WebAssembly.Memory, bytes: number): number => claimRegion(memory, bytes, {});

describe('the memory of tables', () => {
  it('has a region of zeros for each who claims one, apart from the tables and from each other', () => {
    const { at, memory } = tableMemory();
    const [one, other] = [{}, {}];
    const first = claimRegion(memory, BYTES, one);
    const second = claimRegion(memory, BYTES, other);
    expect(first).to.be.at.least(at + BYTES);
    expect(Math.abs(second - first)).to.be.at.least(BYTES);
    for (const address of [first, second]) {
      const bytes = new Uint8Array(memory.buffer, address, BYTES);
      expect(bytes.every((byte) => byte === 0)).to.equal(true);
      bytes.fill(7);
    }
    expect(new Uint8Array(memory.buffer, at, BYTES).every((byte) => byte === 0)).to.equal(true);
    expect([one, other]).to.have.length(2);
  });

  it('gives a region to somebody else once its owner is gone, cleared, and never one that is too short', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: unknown = runInNewContext('gc');
    if (typeof collectGarbage !== 'function') throw new Error('There is no way to collect garbage here.');
    const { memory } = tableMemory();
    const first = claimed(memory, BYTES);
    new Uint8Array(memory.buffer, first, BYTES).fill(7);
    const short = { address: NaN, long: claimed(memory, 10 * BYTES) };
    expect(short.long).not.to.equal(first);
    while (short.address !== first) {
      Reflect.apply(collectGarbage, undefined, []);
      await nextTurn();
      short.address = claimed(memory, BYTES);
    }
    expect(new Uint8Array(memory.buffer, first, BYTES).every((byte) => byte === 0)).to.equal(true);
  });
});
