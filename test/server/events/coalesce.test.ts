import { expect } from 'chai';
import { Coalescer } from '../../../server/events/coalesce.ts';

/** Longer than any test: only `flush` begins a task. */
const LONG_MS = 600_000;
const nothing = (): void => undefined;

describe('coalescing', () => {
  it('hands over all that came for a key at once, each key by itself', async () => {
    const calls: [string, readonly number[]][] = [];
    const coalescer = new Coalescer<number>(
      LONG_MS,
      (key, items) => {
        calls.push([key, items]);
        return Promise.resolve();
      },
      nothing,
    );
    for (const item of [1, 2, 3]) coalescer.add('a', item);
    coalescer.add('b', 4);
    await coalescer.flush();
    expect(calls).to.deep.equal([
      ['a', [1, 2, 3]],
      ['b', [4]],
    ]);
    await coalescer.stop();
  });

  it('keeps what comes while a task runs for the next one', async () => {
    const calls: (readonly number[])[] = [];
    let release = nothing;
    const held = new Promise<void>((resolve) => (release = resolve));
    const coalescer = new Coalescer<number>(
      LONG_MS,
      async (_key, items) => {
        calls.push(items);
        await held;
      },
      nothing,
    );
    coalescer.add('a', 1);
    const flushed = coalescer.flush();
    coalescer.add('a', 2);
    coalescer.add('a', 3);
    release();
    await flushed;
    expect(calls).to.deep.equal([[1], [2, 3]]);
    await coalescer.stop();
  });

  it('begins at once without a pause, and joins what comes while that runs', async () => {
    const calls: (readonly number[])[] = [];
    const coalescer = new Coalescer<number>(
      0,
      async (_key, items) => {
        calls.push(items);
        await Promise.resolve();
      },
      nothing,
    );
    coalescer.add('a', 1);
    expect(calls).to.deep.equal([[1]]);
    coalescer.add('a', 2);
    coalescer.add('a', 3);
    await coalescer.flush();
    expect(calls).to.deep.equal([[1], [2, 3]]);
    await coalescer.stop();
  });

  it('goes on after a task that failed, and says so', async () => {
    const faults: unknown[] = [];
    const calls: (readonly number[])[] = [];
    const coalescer = new Coalescer<number>(
      LONG_MS,
      (_key, items) => {
        calls.push(items);
        return calls.length === 1 ? Promise.reject(new Error('broken')) : Promise.resolve();
      },
      (error) => faults.push(error),
    );
    coalescer.add('a', 1);
    await coalescer.flush();
    coalescer.add('a', 2);
    await coalescer.flush();
    expect(calls).to.deep.equal([[1], [2]]);
    expect(faults).to.have.length(1);
    await coalescer.stop();
  });

  it('begins nothing once it is stopped', async () => {
    let begun = 0;
    const coalescer = new Coalescer<number>(
      LONG_MS,
      () => {
        begun += 1;
        return Promise.resolve();
      },
      nothing,
    );
    coalescer.add('a', 1);
    await coalescer.stop();
    coalescer.add('a', 2);
    await coalescer.flush();
    expect(begun).to.equal(0);
  });
});
