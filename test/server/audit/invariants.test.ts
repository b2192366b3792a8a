import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { recount } from '../../../server/audit/invariants/recount.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

/** What is stored wrongly, and which rule must say so. */
const BROKEN: readonly { rule: RegExp; collection: string; documents: object[] }[] = [
  {
    rule: /nobody is in two consortia/,
    collection: 'consortia',
    documents: [
      { _id: 'c1', callId: 'call', a: 'a', b: 'b', state: 'formed' },
      { _id: 'c2', callId: 'call', a: 'a', b: 'c', state: 'formed' },
    ],
  },
  {
    rule: /register of who is taken/,
    collection: 'consortiumclaims',
    documents: [{ _id: 'call', taken: { a: 'nothing' } }],
  },
  {
    rule: /two different SMEs/,
    collection: 'consortia',
    documents: [{ _id: 'c3', callId: 'call', a: 'a', b: 'a', state: 'withdrawn' }],
  },
  {
    rule: /no SME and no table twice/,
    collection: 'eventPlans',
    documents: [
      {
        _id: 'event',
        forbidden: [],
        rounds: {
          r1: {
            number: 1,
            meetings: [
              { id: '1', a: 'a', b: 'b', table: 1, state: 'planned' },
              { id: '2', a: 'a', b: 'c', table: 2, state: 'planned' },
            ],
          },
        },
      },
    ],
  },
  {
    rule: /one pending request/,
    collection: 'eventRequests',
    documents: [
      { _id: 'r1', eventId: 'e', fromId: 'a', toId: 'b', state: 'pending' },
      { _id: 'r2', eventId: 'e', fromId: 'b', toId: 'a', state: 'pending' },
    ],
  },
  {
    rule: /one open account/,
    collection: 'accounts',
    documents: [
      { _id: 'p1', email: 'same@example.eu', role: 'sme', state: 'active' },
      { _id: 'p2', email: 'same@example.eu', role: 'sme', state: 'active' },
    ],
  },
  { rule: /list of open staff/, collection: 'rosters', documents: [{ _id: 'staff', ids: ['nobody'] }] },
  {
    rule: /without a gap/,
    collection: 'weights',
    documents: [
      { _id: 'w1', version: 1 },
      { _id: 'w3', version: 3 },
    ],
  },
  {
    rule: /own list/,
    collection: 'suggestionlists',
    documents: [{ _id: 'a', entries: [{ partner: 'a' }] }],
  },
  {
    rule: /no gap and no double/,
    collection: 'events',
    documents: [
      { _id: 'n1', accountId: 'p', seq: 1 },
      { _id: 'n3', accountId: 'p', seq: 3 },
    ],
  },
];

describe('the recount of what must always hold', () => {
  let storage: TestStorage;
  let connection: Connection;
  before(async () => {
    storage = await startTestStorage();
    connection = storage.storage.connection;
  });
  after(() => storage.stop());

  it('finds nothing in an empty database', async () => {
    expect((await recount(connection)).flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  for (const { rule, collection, documents } of BROKEN) {
    it(`finds what breaks the rule ${rule.source}`, async () => {
      await connection.collection(collection).insertMany(documents);
      const broken = (await recount(connection)).filter(({ faults }) => faults.length > 0);
      expect(broken.some(({ name }) => rule.test(name))).to.equal(true);
      await connection.collection(collection).deleteMany({});
    });
  }
});
