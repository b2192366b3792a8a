import { expect } from 'chai';
import fc from 'fast-check';
import {
  nextStep,
  startSequence,
  type SequenceInput,
  type SequenceState,
} from '../../../client/src/live/sequence.ts';

interface Tick {
  seq: number;
}
const tick = (seq: number): Tick => ({ seq });

/** A client that does what each step says, and notes what it handled and what it was told to reload. */
class Client {
  state: SequenceState<Tick>;
  handled: number[] = [];
  /** The number up to which the pages' data is known to be fresh, by a reload. */
  reloads: number[] = [];
  asked: number[] = [];

  constructor(handled: number | null) {
    this.state = startSequence<Tick>(handled);
  }

  take(input: SequenceInput<Tick>): void {
    const before = this.state.handled;
    const step = nextStep(this.state, input);
    this.state = step.state;
    if (step.reload) this.reloads.push((step.state.handled ?? 0) - step.handle.length);
    else expect(step.state.handled ?? 0).to.equal((before ?? 0) + step.handle.length);
    this.handled.push(...step.handle.map((event) => event.seq));
    if (step.ask !== null) this.asked.push(step.ask);
  }
}

describe('client: sequence of live events', () => {
  it('handles events in order as they come', () => {
    const client = new Client(0);
    client.take({ kind: 'connected' });
    client.take({ kind: 'reply', reply: { events: [], upTo: 0, reload: false } });
    for (const seq of [1, 2, 3]) client.take({ kind: 'event', event: tick(seq) });
    expect(client.handled).to.deep.equal([1, 2, 3]);
    expect(client.asked).to.deep.equal([0]);
  });

  it('drops an event that it has handled', () => {
    const client = new Client(4);
    client.take({ kind: 'event', event: tick(4) });
    client.take({ kind: 'event', event: tick(5) });
    client.take({ kind: 'event', event: tick(5) });
    expect(client.handled).to.deep.equal([5]);
  });

  it('asks for a missing number, once, and holds what came after it', () => {
    const client = new Client(1);
    client.take({ kind: 'connected' });
    client.take({ kind: 'reply', reply: { events: [], upTo: 1, reload: false } });
    client.take({ kind: 'event', event: tick(3) });
    client.take({ kind: 'event', event: tick(4) });
    expect(client.handled).to.deep.equal([]);
    expect(client.asked).to.deep.equal([1, 1]);
    client.take({ kind: 'reply', reply: { events: [tick(2), tick(3), tick(4)], upTo: 4, reload: false } });
    expect(client.handled).to.deep.equal([2, 3, 4]);
  });

  it('starts at the newest number in a new window, and has the pages load their data', () => {
    const client = new Client(null);
    client.take({ kind: 'connected' });
    client.take({ kind: 'event', event: tick(8) });
    client.take({ kind: 'reply', reply: { events: [tick(6), tick(7)], upTo: 7, reload: false } });
    expect(client.reloads).to.deep.equal([7]);
    expect(client.handled).to.deep.equal([8]);
  });

  it('reloads where the server no longer keeps what is missing, or was restored from a backup', () => {
    const client = new Client(10);
    client.take({ kind: 'connected' });
    client.take({ kind: 'reply', reply: { events: [], upTo: 900, reload: true } });
    expect(client.state.handled).to.equal(900);
    client.take({ kind: 'connected' });
    client.take({ kind: 'reply', reply: { events: [], upTo: 20, reload: false } });
    expect(client.state.handled).to.equal(20);
    expect(client.reloads).to.deep.equal([900, 20]);
  });

  it('asks on where an answer holds only the first part', () => {
    const client = new Client(0);
    client.take({ kind: 'connected' });
    client.take({ kind: 'reply', reply: { events: [tick(1), tick(2)], upTo: 4, reload: false } });
    expect(client.asked).to.deep.equal([0, 2]);
    client.take({ kind: 'reply', reply: { events: [tick(3), tick(4)], upTo: 4, reload: false } });
    expect(client.handled).to.deep.equal([1, 2, 3, 4]);
  });

  it('gives up a number that never comes after asking twice, and reloads', () => {
    const client = new Client(0);
    client.take({ kind: 'connected' });
    for (let answer = 0; answer < 2; answer += 1) {
      client.take({ kind: 'reply', reply: { events: [tick(2)], upTo: 2, reload: false } });
    }
    expect(client.asked).to.deep.equal([0, 0]);
    expect(client.reloads).to.deep.equal([2]);
    expect(client.state.handled).to.equal(2);
  });

  it('asks again some time after a failed catch-up, but not while it is away', () => {
    const client = new Client(3);
    client.take({ kind: 'connected' });
    client.take({ kind: 'reply-failed' });
    client.take({ kind: 'retry' });
    expect(client.asked).to.deep.equal([3, 3]);
    client.take({ kind: 'disconnected' });
    client.take({ kind: 'retry' });
    expect(client.asked).to.deep.equal([3, 3]);
  });

  /** What befalls the wire between a server that writes events and one client. */
  const happening = fc.oneof(
    { weight: 5, arbitrary: fc.constant('write' as const) },
    { weight: 4, arbitrary: fc.constant('deliver' as const) },
    { weight: 2, arbitrary: fc.constant('deliver-twice' as const) },
    { weight: 2, arbitrary: fc.constant('lose' as const) },
    { weight: 3, arbitrary: fc.constant('answer' as const) },
    { weight: 1, arbitrary: fc.constant('answer-lost' as const) },
    { weight: 1, arbitrary: fc.constant('drop-line' as const) },
    { weight: 2, arbitrary: fc.constant('connect' as const) },
  );

  it('handles every event exactly once and in order, whatever the wire does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(happening, fc.nat({ max: 30 })), { maxLength: 120 }),
        fc.integer({ min: 1, max: 6 }),
        (happenings, partSize) => {
          const client = new Client(0);
          let written = 0;
          let wire: number[] = [];
          const answer = (): void => {
            const since = client.state.handled ?? 0;
            const rest = Array.from({ length: written - since }, (_, at) => tick(since + 1 + at));
            const reply = { events: rest.slice(0, partSize), upTo: written, reload: false };
            client.take({ kind: 'reply', reply });
          };
          for (const [what, pick] of happenings) {
            const at = wire.length > 0 ? pick % wire.length : 0;
            const seq = wire[at];
            if (what === 'write') wire.push((written += 1));
            else if (what === 'connect' && !client.state.connected) client.take({ kind: 'connected' });
            else if (what === 'drop-line') {
              wire = [];
              client.take({ kind: 'disconnected' });
            } else if (client.state.asking && what === 'answer') answer();
            else if (client.state.asking && what === 'answer-lost') client.take({ kind: 'reply-failed' });
            else if (seq !== undefined && what !== 'answer' && what !== 'answer-lost') {
              if (what !== 'deliver-twice') wire.splice(at, 1);
              if (what !== 'lose') client.take({ kind: 'event', event: tick(seq) });
            }
          }
          // In the end the line holds: the client has everything after as many answers as there are parts.
          client.take({ kind: 'connected' });
          for (let left = written + 2; left > 0 && client.state.asking; left -= 1) answer();
          const all = Array.from({ length: written }, (_, at) => at + 1);
          expect(client.handled).to.deep.equal(all);
          expect(client.reloads).to.deep.equal([]);
          expect(client.state.early.size).to.equal(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
