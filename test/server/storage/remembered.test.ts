import { expect } from 'chai';
import { remembered } from '../../../server/storage/remembered.ts';

/** A store of one row that counts how often it is read. */
function setUp() {
  let time = 0;
  let value = 'old';
  let reads = 0;
  let onRead = (): void => undefined;
  const kept = remembered<string>({
    forMs: 100,
    now: () => time,
    read: (keys) => {
      reads += 1;
      const found = new Map(keys.filter((key) => key === 'a').map((key) => [key, value]));
      onRead();
      return Promise.resolve(found);
    },
  });
  return {
    kept,
    reads: () => reads,
    later: (ms: number) => (time += ms),
    change: (to: string) => (value = to),
    onRead: (task: () => void) => (onRead = task),
  };
}

describe('what is remembered for a moment', () => {
  it('is read once while it is fresh, and anew afterwards; what is not there is asked for each time', async () => {
    const { kept, reads, later, change } = setUp();
    expect(await kept.read(['a', 'b'])).to.deep.equal(new Map([['a', 'old']]));
    change('new');
    expect((await kept.read(['a'])).get('a')).to.equal('old');
    expect(reads()).to.equal(1);
    later(101);
    expect((await kept.read(['a'])).get('a')).to.equal('new');
    expect(reads()).to.equal(2);
  });

  it('is forgotten at once when this process changed it, also while it is being read', async () => {
    const { kept, change, onRead } = setUp();
    await kept.read(['a']);
    change('new');
    kept.forget(['a']);
    expect((await kept.read(['a'])).get('a')).to.equal('new');
    kept.forget(['a']);
    onRead(() => {
      change('newest');
      kept.forget(['a']);
      onRead(() => undefined);
    });
    await kept.read(['a']);
    expect((await kept.read(['a'])).get('a')).to.equal('newest');
  });
});
