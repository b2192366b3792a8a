import { expect } from 'chai';
import { newId } from '../../../server/storage/ids.ts';

describe('newId', () => {
  it('gives url-safe names that never repeat', () => {
    const ids = new Set(Array.from({ length: 10_000 }, newId));
    expect(ids.size).to.equal(10_000);
    for (const id of ids) expect(id).to.match(/^[0-9a-v]{35}$/);
  });

  it('sorts by the time of making', async () => {
    const first = newId();
    const start = Date.now();
    while (Date.now() === start) await new Promise((resolve) => setImmediate(resolve));
    expect(newId() > first).to.equal(true);
  });
});
