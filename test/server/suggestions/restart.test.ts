import { expect } from 'chai';
import { listModel } from '../../../server/suggestions/model.ts';
import { smeModel } from '../../../server/smes/model.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { registerSmes } from '../../support/matchmaking.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

describe('suggestions after a crash', () => {
  let storage: TestStorage;
  let app: TestApp;
  let ids: string[];
  let accountId: string;

  before(async () => {
    storage = await startTestStorage();
    app = await startTestApp({ storage });
    const staff = await app.signInAs('staff');
    ids = await registerSmes(app, staff, 8);
    ({ accountId } = await app.createAccount('sme', { smeId: ids[0] ?? '' }));
  });
  after(async () => {
    await app.stop();
    await storage.stop();
  });

  const causes = async (): Promise<string[]> => {
    const { events } = await app.tandem.services.matchmaking.live.catchUp(accountId, 0);
    return events.map((event) => (event.kind === 'suggestions' ? event.cause : event.kind));
  };
  async function restart(whileDown: () => Promise<unknown>): Promise<void> {
    await app.stop();
    await whileDown();
    app = await startTestApp({ storage });
  }

  it('nothing is pushed by a restart that finds the lists as they were', async () => {
    await restart(() => Promise.resolve());
    expect(await causes()).to.deep.equal([]);
  });

  it('a list that was written but not told is told once', async () => {
    const lists = listModel(storage.storage.connection);
    await restart(() =>
      lists.updateOne(
        { _id: ids[0] ?? '' },
        { $set: { untold: true, cause: 'profile' }, $inc: { listVersion: 1 } },
      ),
    );
    expect(await causes()).to.deep.equal(['profile']);
    // Killed after the event was written, before the mark was taken away: the key keeps it from coming twice.
    await restart(() => lists.updateOne({ _id: ids[0] ?? '' }, { $set: { untold: true } }));
    expect(await causes()).to.deep.equal(['profile']);
  });

  it('a profile that was written but not matched is matched, and told to those whose list it changes', async () => {
    const smes = smeModel(storage.storage.connection);
    await restart(() =>
      smes.updateOne(
        { _id: ids[0] ?? '' },
        { $set: { available: false, updatedAt: new Date() }, $inc: { version: 1 } },
      ),
    );
    expect(await causes()).to.deep.equal(['profile', 'rebuild']);
    const marked = storage.storage.connection.collection('suggestionlists');
    expect(await marked.countDocuments({ untold: { $ne: false } })).to.equal(0);
    expect(
      (await app.tandem.services.matchmaking.suggestions.partnersOf(ids[0] ?? ''))?.partners,
    ).to.deep.equal([]);
  });

  it('the list of an SME that is gone goes too', async () => {
    const smes = smeModel(storage.storage.connection);
    await restart(() => smes.deleteOne({ _id: ids[1] ?? '' }));
    expect(await app.tandem.services.matchmaking.suggestions.counts([ids[1] ?? ''])).to.have.property(
      'size',
      0,
    );
  });
});
