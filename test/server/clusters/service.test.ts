import { expect } from 'chai';
import { clusterInputSchema } from '../../../server/clusters/schema.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { createStack, smeInput, staff } from '../smes/support.ts';

describe('clusters service', () => {
  let storage: TestStorage;
  before(async () => {
    storage = await startTestStorage();
  });
  after(() => storage.stop());

  it('puts the seven consortium clusters in once, and leaves changed ones as they are', async () => {
    const { clusters } = await createStack(storage.storage.connection);
    const renamed = clusterInputSchema.parse({
      name: 'LSEC Leaders',
      country: 'BE',
      kind: 'consortium-partner',
    });
    await clusters.update(staff, 'lsec', renamed);
    expect(await clusters.seedClusters()).to.equal(0);
    const { items, total } = await clusters.list({ sort: 'name', limit: 100 });
    expect(total).to.equal(7);
    expect(items.map(({ name }) => name)).to.include('LSEC Leaders');
    expect(new Set(items.map(({ country }) => country))).to.deep.equal(
      new Set(['FR', 'DK', 'NL', 'BE', 'LT']),
    );
  });

  it('counts members', async () => {
    const { clusters, smes } = await createStack(storage.storage.connection);
    await smes.create(staff, 'censec', smeInput({ country: 'DK' }));
    expect((await clusters.get('censec')).members).to.equal(1);
    expect((await clusters.get('l3ce')).members).to.equal(0);
  });

  it('finds a cluster by id or by name, however it is spelled', async () => {
    const { clusters } = await createStack(storage.storage.connection);
    for (const given of ['pole-scs', 'Pôle SCS', 'POLE SCS']) {
      expect((await clusters.find(given)).map(({ _id }) => _id)).to.deep.equal(['pole-scs']);
    }
  });

  it('shows a new name at once where it was given', async () => {
    const { clusters } = await createStack(storage.storage.connection);
    const nameOf = async () => (await clusters.names(['l3ce', 'nobody'])).get('l3ce');
    const before = await nameOf();
    const renamed = clusterInputSchema.parse({
      name: 'L3CE Centre',
      country: 'LT',
      kind: 'consortium-partner',
    });
    await clusters.update(staff, 'l3ce', renamed);
    expect([before === 'L3CE Centre', await nameOf()]).to.deep.equal([false, 'L3CE Centre']);
  });
});
