import { expect } from 'chai';
import type { Suggestion, SuggestionList } from '../../../matching/types.ts';
import { listModel } from '../../../server/suggestions/model.ts';
import { StoredLists, type WrittenList } from '../../../server/suggestions/lists.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

const suggestion = (partner: string, score: number): Suggestion => ({
  partner,
  score,
  terms: { capability: score, text: 0, trl: 0, domain: 0, challenge: 0, reach: 0, practical: 0 },
});
const list = (sme: string, score: number): SuggestionList => ({
  sme,
  suggestions: [suggestion('P', score)],
});

describe('stored suggestion lists', () => {
  let storage: TestStorage;

  before(async () => {
    storage = await startTestStorage();
  });
  after(() => storage.stop());

  const server = (): StoredLists => new StoredLists(storage.storage.connection, () => new Date());
  const write = (
    lists: StoredLists,
    written: readonly SuggestionList[],
    afresh = false,
  ): Promise<WrittenList[]> =>
    lists.write(written, {
      weightsVersion: 1,
      causeOf: () => 'weights',
      hasReader: (smeIds) => Promise.resolve(new Set(smeIds)),
      afresh,
    });
  const versions = (written: readonly WrittenList[]): string[] =>
    written.map(({ smeId, listVersion }) => `${smeId}${listVersion}`).toSorted();

  it('are written only where they differ, each with a version of its own', async () => {
    const lists = server();
    expect(versions(await write(lists, [list('a', 1), list('b', 1)]))).to.deep.equal(['a1', 'b1']);
    expect(versions(await write(lists, [list('a', 1), list('b', 2)]))).to.deep.equal(['b2']);
    expect(await write(lists, [list('a', 1), list('b', 2)])).to.deep.equal([]);
    expect((await lists.find('b'))?.entries[0]?.score).to.equal(2);
  });

  it('are written on what another server wrote meanwhile, and whoever is concerned is told', async () => {
    const [one, other] = [server(), server()];
    await write(one, [list('c', 1), list('d', 1), list('e', 1)]);
    await write(other, [list('c', 2), list('d', 3)]);
    // of c the other server wrote another list, of d the same one: told again under the same version, which is the same event
    const written = await write(one, [list('c', 3), list('d', 3), list('e', 3)]);
    expect(versions(written)).to.deep.equal(['c3', 'd2', 'e2']);
    for (const sme of ['c', 'd', 'e']) expect((await one.find(sme))?.entries[0]?.score, sme).to.equal(3);
    expect(versions(await write(one, [list('c', 4), list('d', 4)]))).to.deep.equal(['c4', 'd3']);
  });

  it('are put right by a rebuild where something else was written over them', async () => {
    const lists = server();
    await write(lists, [list('f', 1)]);
    await listModel(storage.storage.connection)
      .updateOne({ _id: 'f' }, { $set: { entries: [] } })
      .exec();
    expect(await write(lists, [list('f', 1)])).to.deep.equal([]);
    expect(versions(await write(lists, [list('f', 1)], true))).to.deep.equal(['f2']);
    expect((await lists.find('f'))?.entries).to.have.length(1);
  });

  it('are counted as they are stored, whichever server wrote them last', async () => {
    const [one, other] = [server(), server()];
    const longer: SuggestionList = { sme: 'g', suggestions: [suggestion('P', 2), suggestion('Q', 1)] };
    await write(one, [list('g', 1), list('h', 1)]);
    const counts = async (lists: StoredLists) => Object.fromEntries(await lists.counts(['g', 'h', 'nobody']));
    expect(await counts(one)).to.deep.equal({ g: 1, h: 1 });
    await write(other, [longer]);
    expect(await counts(one)).to.deep.equal({ g: 2, h: 1 });
    expect(await counts(other)).to.deep.equal({ g: 2, h: 1 });
  });

  it('are told of as they were written: the mark of a newer version stays', async () => {
    const lists = server();
    const untold = async (): Promise<string[]> =>
      versions((await lists.untold()).filter(({ smeId }) => smeId === 'x' || smeId === 'y'));
    const first = await write(lists, [list('x', 1), list('y', 1)]);
    const second = await write(lists, [list('y', 2)]);
    await lists.told(first);
    expect(await untold()).to.deep.equal(['y2']);
    await lists.told(second);
    expect(await untold()).to.deep.equal([]);
    // A list of before writes had names.
    await listModel(storage.storage.connection)
      .updateOne({ _id: 'x' }, { $set: { untold: true } })
      .exec();
    expect(await untold()).to.deep.equal(['x1']);
    await lists.told((await lists.untold()).filter(({ smeId }) => smeId === 'x'));
    expect(await untold()).to.deep.equal([]);
  });
});
