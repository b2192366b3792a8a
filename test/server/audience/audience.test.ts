import { expect } from 'chai';
import fc from 'fast-check';
import { isFor, targetFilter, type Reader } from '../../../server/audience/audience.ts';
import type { Target } from '../../../server/audience/schema.ts';
import { announcementModel, type AnnouncementRecord } from '../../../server/news/model.ts';
import { newId } from '../../../server/storage/ids.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

const role = fc.constantFrom(...(['staff', 'cluster', 'sme', 'demand'] as const));
const country = fc.constantFrom('FR', 'DK');
const clusterId = fc.constantFrom('one', 'two');
const target: fc.Arbitrary<Target> = fc.record({
  roles: fc.uniqueArray(role, { maxLength: 2 }),
  countries: fc.uniqueArray(country, { maxLength: 2 }),
  clusterIds: fc.uniqueArray(clusterId, { maxLength: 2 }),
});
const reader: fc.Arbitrary<Reader> = fc.record({
  role,
  country: fc.option(country),
  clusterId: fc.option(clusterId),
});

describe('audiences', () => {
  let storage: TestStorage;
  before(async () => {
    storage = await startTestStorage();
  });
  after(() => storage.stop());

  it('are the same in the database as in code', async () => {
    const model = announcementModel(storage.storage.connection);
    const at = new Date();
    const record = (of: Target) => ({
      _id: newId(),
      key: newId(),
      version: 1,
      title: 'x',
      words: 'x',
      searchText: 'x',
      links: [],
      target: of,
      earlyAt: null,
      publicAt: at,
      mail: false,
      state: 'published' as const,
      at,
      toldEarly: true,
      changedAt: null,
      reason: '',
      createdAt: at,
    });
    const targets = fc.sample(target, 60);
    await model.insertMany(targets.map(record), { lean: true });
    await fc.assert(
      fc.asyncProperty(reader, async (who) => {
        const found = await model.countDocuments(targetFilter<AnnouncementRecord>(who)).exec();
        expect(found).to.equal(targets.filter((one) => isFor(one, who)).length);
      }),
      { numRuns: 30 },
    );
  });
});
