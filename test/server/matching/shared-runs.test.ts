import { expect } from 'chai';
import { SharedRuns } from '../../../server/matching/shared-runs.ts';

/** A run that the test ends by hand. */
function runByHand() {
  const begun: { signal: AbortSignal; resolve: (value: string) => void; reject: (error: Error) => void }[] =
    [];
  const start = ({ signal }: { signal: AbortSignal }): Promise<string> =>
    new Promise((resolve, reject) => begun.push({ signal, resolve, reject }));
  return { begun, start };
}

const nameOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.name : error),
  );

describe('shared runs', () => {
  it('work out the same question once, and keep the answer', async () => {
    const runs = new SharedRuns<string>();
    const { begun, start } = runByHand();
    const both = Promise.all([runs.ask('q', start), runs.ask('q', start)]);
    begun[0]?.resolve('answer');
    expect(await both).to.deep.equal(['answer', 'answer']);
    expect(await runs.ask('q', start)).to.equal('answer');
    expect(begun).to.have.length(1);
  });

  it('begin anew after everything was forgotten; who waits still gets what they asked for', async () => {
    const runs = new SharedRuns<string>();
    const { begun, start } = runByHand();
    const before = runs.ask('q', start);
    runs.forget();
    const after = runs.ask('q', start);
    begun[1]?.resolve('new');
    begun[0]?.resolve('old');
    expect(await before).to.equal('old');
    expect(await after).to.equal('new');
    expect(await runs.ask('q', start)).to.equal('new');
  });

  it('go on while somebody waits, and end when nobody does', async () => {
    const runs = new SharedRuns<string>();
    const { begun, start } = runByHand();
    const [first, second] = [new AbortController(), new AbortController()];
    const one = nameOf(runs.ask('q', start, { signal: first.signal }));
    const other = nameOf(runs.ask('q', start, { signal: second.signal }));
    first.abort();
    expect(await one).to.equal('AbortError');
    expect(begun[0]?.signal.aborted).to.equal(false);
    second.abort();
    expect(await other).to.equal('AbortError');
    expect(begun[0]?.signal.aborted).to.equal(true);
    const again = runs.ask('q', start);
    begun[1]?.resolve('answer');
    expect(await again).to.equal('answer');
  });

  it('tell a failure to everybody who waits, and try again for the next', async () => {
    const runs = new SharedRuns<string>();
    const { begun, start } = runByHand();
    const both = [nameOf(runs.ask('q', start)), nameOf(runs.ask('q', start))];
    begun[0]?.reject(new RangeError('no'));
    expect(await Promise.all(both)).to.deep.equal(['RangeError', 'RangeError']);
    const again = runs.ask('q', start);
    begun[1]?.resolve('answer');
    expect(await again).to.equal('answer');
  });

  it('report progress to everybody who waits, and to nobody else', async () => {
    const runs = new SharedRuns<string>();
    const heard: string[] = [];
    let report: (done: number, total: number) => void = () => undefined;
    let end: (value: string) => void = () => undefined;
    const start = (control: { onProgress: typeof report }): Promise<string> => {
      report = control.onProgress;
      return new Promise((resolve) => (end = resolve));
    };
    const gone = new AbortController();
    const left = nameOf(runs.ask('q', start, { signal: gone.signal, onProgress: () => heard.push('gone') }));
    const stays = runs.ask('q', start, { onProgress: (done, total) => heard.push(`${done} of ${total}`) });
    report(1, 2);
    gone.abort();
    await left;
    report(2, 2);
    end('answer');
    await stays;
    expect(heard).to.deep.equal(['gone', '1 of 2', '2 of 2']);
  });
});
