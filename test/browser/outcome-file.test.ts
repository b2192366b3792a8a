import { expect } from 'chai';
import { consortiumModel, type ConsortiumRecord } from '../../server/consortia/model.ts';
import { outcomeModel } from '../../server/outcomes/model.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';
import { startProgramme } from '../support/programme.ts';
import { expectAccessible } from './support/axe.ts';
import { closeBrowser, type Visitor } from './support/browser.ts';
import { builtClient } from './support/client.ts';
import { openSignedIn } from './support/sign-in.ts';

/** So many take seconds to record, each with its entry in the log. */
const MANY = 2_000;

describe('browser: outcomes from a file', () => {
  let storage: TestStorage;
  let app: TestApp;
  let visitor: Visitor;
  let file: { name: string; mimeType: string; buffer: Buffer };

  before(async function () {
    this.timeout(180_000);
    storage = await startTestStorage();
    app = await startTestApp({ storage, clientFolder: await builtClient() });
    const { consortiumId } = await startProgramme(app, ['FR', 'BE']);
    const consortia = consortiumModel(storage.storage.connection);
    const formed = await consortia.findById(consortiumId).lean<ConsortiumRecord>().orFail().exec();
    const ids = Array.from({ length: MANY }, (_, number) => `formed-${number}`);
    await consortia.insertMany(
      ids.map((_id) => ({ ...formed, _id, openKey: _id })),
      { lean: true },
    );
    const rows = ids.map((id) => `${id},submitted,2026-05-31`);
    const text = ['consortium_id,outcome,date', ...rows].join('\n');
    file = { name: 'platform.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
    visitor = await openSignedIn(app, 'staff', { width: 'phone' });
  });
  after(async () => {
    await visitor.context.close();
    await closeBrowser();
    await app.stop();
    await storage.stop();
    expect(visitor.faults).to.deep.equal([]);
  });

  const recorded = (): Promise<number> => outcomeModel(storage.storage.connection).countDocuments().exec();

  it('are checked first, then recorded while one looks on, and can be stopped: the same file records the rest', async function () {
    this.timeout(180_000);
    const { page } = visitor;
    page.setDefaultTimeout(60_000);
    await page.goto('/calls/securit-2/outcomes');
    await page.getByLabel('CSV file').setInputFiles(file);
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('button', { name: 'Record 2,000 outcomes' }).waitFor();
    expect(await recorded(), 'checked only').to.equal(0);
    await expectAccessible(page, 'checked');

    await page.getByRole('button', { name: 'Record 2,000 outcomes' }).click();
    await page.getByText(/^[\d,]+ of 2,000 outcomes recorded$/).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Stopped. What was recorded until then stays').waitFor();
    await page.getByRole('button', { name: 'Check the file' }).click();
    const rest = page.getByRole('button', { name: /^Record [\d,]+ outcomes$/ });
    await rest.waitFor();
    const left = Number(((await rest.textContent()) ?? '').replaceAll(/\D/g, ''));
    expect(left, 'left by the stop').to.be.greaterThan(0).and.lessThan(MANY);
    // One may have been under way when it was stopped.
    expect(await recorded(), 'nothing more after the stop').to.be.within(MANY - left, MANY - left + 1);

    await rest.click();
    await page
      .getByText(/outcomes? (is|are) recorded\./)
      .first()
      .waitFor();
    expect(await recorded()).to.equal(MANY);
  });
});
