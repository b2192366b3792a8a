import { expect } from 'chai';
import { adviceFor } from '../../../server/suggestions/advice.ts';
import { smeCardSchema, type SmeCard } from '../../../server/smes/schema.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { registerSmes } from '../../support/matchmaking.ts';

const CALL = { name: 'Open call 2', countries: ['FR', 'DE', 'IT', 'ES', 'LT', 'PL', 'FI'] };

describe('advice on a list', () => {
  let app: TestApp;
  let sme: SmeCard;
  before(async () => {
    app = await startTestApp();
    const staff = await app.signInAs('staff');
    await registerSmes(app, staff, 1);
    const { items } = (await staff.agent.get('/api/v1/smes').expect(200)).body as { items: unknown[] };
    sme = smeCardSchema.parse(items[0]);
  });
  after(() => app.stop());

  it('says to a company in a consortium of the call why nobody is proposed to it', () => {
    const facts = { mayMatch: true, computed: true };
    const advised = (taken: boolean): string | null => adviceFor(sme, 0, CALL, { ...facts, taken });
    expect(advised(true)).to.equal(
      'You are in a consortium of Open call 2, so nobody else is proposed to you. It is on the page Consortia.',
    );
    expect(advised(false)).to.match(/^Nobody in the pool fits yet/);
  });
});
