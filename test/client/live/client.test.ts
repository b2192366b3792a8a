import { expect } from 'chai';
import { createLiveClient, type Transport, type TransportListener } from '../../../client/src/live/client.ts';
import { createSequenceStore } from '../../../client/src/live/store.ts';
import type { CatchUpReply, LiveEvent } from '../../../server/live/protocol.ts';

function membersEvent(seq: number): LiveEvent {
  return { seq, at: '2026-01-01T00:00:00.000Z', kind: 'members', clusterId: 'c1' };
}

/** A live client on a wire that the test holds in its hands. */
function setUp(replies: (CatchUpReply | null)[] = []) {
  const lines: { listener: TransportListener; asked: number[]; closed: boolean }[] = [];
  const faults: unknown[] = [];
  const client = createLiveClient({
    open: (listener): Transport => {
      const line = { listener, asked: [] as number[], closed: false };
      lines.push(line);
      return {
        catchUp: (since) => {
          line.asked.push(since);
          return Promise.resolve(replies.shift() ?? { events: [], upTo: since, reload: false });
        },
        close: () => {
          line.closed = true;
        },
      };
    },
    store: createSequenceStore(() => {
      throw new Error('no storage here');
    }),
    onFault: (fault) => faults.push(fault),
  });
  const seen: number[] = [];
  client.onEvent('members', (event) => seen.push(event.seq));
  return { client, lines, faults, seen };
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('client: live', () => {
  it('asks for what it missed when it connects, and hands events on in order', async () => {
    const { client, lines, seen } = setUp([{ events: [], upTo: 3, reload: false }]);
    client.start('a1');
    lines[0]?.listener.connected();
    await settle();
    lines[0]?.listener.event(membersEvent(4));
    lines[0]?.listener.event(membersEvent(4));
    expect(lines[0]?.asked).to.deep.equal([0]);
    expect(seen).to.deep.equal([4]);
  });

  it('goes on from the last handled number when it is started again', async () => {
    const { client, lines, seen } = setUp([
      { events: [], upTo: 3, reload: false },
      { events: [membersEvent(4)], upTo: 4, reload: false },
    ]);
    const stop = client.start('a1');
    lines[0]?.listener.connected();
    await settle();
    stop();
    expect(lines[0]?.closed).to.equal(true);
    client.start('a1');
    lines[1]?.listener.connected();
    await settle();
    expect(lines[1]?.asked).to.deep.equal([3]);
    expect(seen).to.deep.equal([4]);
  });

  it('tells the pages to load again where events are gone', async () => {
    const { client, lines } = setUp([{ events: [], upTo: 70, reload: true }]);
    let reloads = 0;
    client.onReload(() => (reloads += 1));
    client.start('a1');
    lines[0]?.listener.connected();
    await settle();
    expect(reloads).to.equal(1);
  });

  it('says whether it is live, reconnecting or offline', () => {
    const { client, lines } = setUp();
    const states = [client.state.value];
    client.start('a1');
    states.push(client.state.value);
    lines[0]?.listener.connected();
    states.push(client.state.value);
    lines[0]?.listener.disconnected(true);
    states.push(client.state.value);
    lines[0]?.listener.disconnected(false);
    states.push(client.state.value);
    expect(states).to.deep.equal(['off', 'connecting', 'live', 'reconnecting', 'offline']);
  });

  it('closes the line and says why when the session ends', () => {
    const { client, lines } = setUp();
    const reasons: string[] = [];
    client.onEnded((reason) => reasons.push(reason));
    client.start('a1');
    lines[0]?.listener.ended('account-closed');
    expect(reasons).to.deep.equal(['account-closed']);
    expect(lines[0]?.closed).to.equal(true);
    expect(client.state.value).to.equal('off');
  });

  it('keeps a handler that fails from stopping the others', async () => {
    const { client, lines, faults } = setUp([{ events: [], upTo: 0, reload: false }]);
    const later: number[] = [];
    client.onEvent('members', () => {
      throw new Error('broken page');
    });
    client.onEvent('members', (event) => later.push(event.seq));
    client.start('a1');
    lines[0]?.listener.connected();
    await settle();
    lines[0]?.listener.event(membersEvent(1));
    expect(later).to.deep.equal([1]);
    expect(faults).to.have.length(1);
  });

  it('stops calling a handler that was taken away, and keeps progress by task until it is done', () => {
    const { client, lines, seen } = setUp();
    const more: number[] = [];
    const remove = client.onEvent('members', (event) => more.push(event.seq));
    remove();
    client.start('a1');
    lines[0]?.listener.progress({ task: 'import:i1', label: 'Checking', done: 1, total: 4 });
    lines[0]?.listener.progress({ task: 'import:i1', label: 'Checking', done: 2, total: 4 });
    expect(client.progress.value.get('import:i1')?.done).to.equal(2);
    lines[0]?.listener.progress({ task: 'import:i1', label: 'Checking', done: 4, total: 4 });
    expect(client.progress.value.size).to.equal(0);
    expect([...more, ...seen]).to.deep.equal([]);
  });
});
