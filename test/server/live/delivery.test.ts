import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { pino } from 'pino';
import { Delivery } from '../../../server/live/delivery.ts';
import type { EventRecord } from '../../../server/live/model.ts';
import type { LiveContent } from '../../../server/live/present.ts';

describe('what is on its way to open windows', () => {
  const record = (accountId: string, seq: number): EventRecord => ({
    _id: `${accountId}${seq}`,
    accountId,
    seq,
    key: `${accountId}${seq}`,
    at: new Date(0),
    writer: 'this',
    notice: { kind: 'suggestions', cause: 'weights', smeId: 's' },
  });
  /** A delivery whose lists are ready when `release` says so. */
  function slowly() {
    const waiting: (() => void)[] = [];
    const sent: string[] = [];
    const gone = (): never => {
      throw new Error('Nothing is looked up here.');
    };
    const delivery = new Delivery({
      streams: { since: gone, writtenSince: gone },
      presenters: { partners: gone, meeting: gone, request: gone, eventPartners: gone },
      isConnected: () => true,
      emit: (accountId, { seq }) => void sent.push(`${accountId}${seq}`),
      log: pino({ level: 'silent' }),
    });
    const content = (): Promise<LiveContent> =>
      new Promise((resolve) => {
        waiting.push(() => {
          resolve({ kind: 'suggestions', cause: 'weights', smeId: 's', partners: null });
        });
      });
    const give = (event: EventRecord): void => {
      void delivery.deliver([event], new Map([[event.notice, { content, isCurrent: () => true }]]));
    };
    return { delivery, give, sent, release: (at: number) => waiting[at]?.() };
  }

  it('is out when all that was given before is, whatever comes meanwhile', async () => {
    const { delivery, give, sent, release } = slowly();
    give(record('a', 1));
    give(record('b', 1));
    await nextTurn();
    let isOut = false;
    const out = delivery.out().then(() => (isOut = true));
    give(record('c', 1));
    await nextTurn();
    release(0);
    await nextTurn();
    expect({ sent, isOut }).to.deep.equal({ sent: ['a1'], isOut: false });
    release(1);
    await out;
    expect(sent).to.deep.equal(['a1', 'b1']);
    release(2);
    await delivery.settled();
    expect(sent).to.deep.equal(['a1', 'b1', 'c1']);
  });
});
