import { expect } from 'chai';
import { presentTexts, type Presenters } from '../../../server/live/present.ts';
import type { MeetingNotice } from '../../../server/live/protocol.ts';
import { readyContents } from '../../../server/live/ready.ts';

const notice: MeetingNotice = {
  kind: 'meeting',
  eventId: 'event',
  smeId: 'sme',
  change: 'replanned',
  round: 1,
  was: null,
  now: null,
  about: null,
};
const record = { _id: 'a:1', accountId: 'a', seq: 1, key: 'k', at: new Date(0), notice };
const gone = () => Promise.resolve(null);
const presenters: Presenters = {
  partners: gone,
  request: gone,
  eventPartners: gone,
  meeting: () => Promise.resolve({ meeting: null, sentence: 'as it stands' }),
};

describe('what is made ready for windows', () => {
  const made = (isCurrent: () => boolean) =>
    readyContents([
      {
        accountIds: ['a'],
        notice,
        content: () =>
          Promise.resolve({
            kind: 'meeting',
            eventId: 'event',
            smeId: 'sme',
            change: 'replanned',
            round: 1,
            meeting: null,
            sentence: 'as it was',
          }),
        isCurrent,
      },
    ]);

  it('is sent as it is while it holds', async () => {
    const [event] = await presentTexts(
      [record],
      presenters,
      made(() => true),
    );
    expect(Buffer.concat(event?.parts ?? []).toString()).to.include('as it was');
  });

  it('is looked up anew where a later change came into the streams before it', async () => {
    const [event] = await presentTexts(
      [record],
      presenters,
      made(() => false),
    );
    expect(Buffer.concat(event?.parts ?? []).toString())
      .to.include('as it stands')
      .and.not.include('as it was');
  });
});
