import { expect } from 'chai';
import { createPasswords, PASSWORD_COST } from '../../../server/accounts/passwords.ts';
import { startTestApp, TEST_PASSWORD } from '../../support/app.ts';

describe('password hashing', () => {
  it('is argon2id with the cost that OWASP asks for', async () => {
    expect(PASSWORD_COST).to.deep.equal({ memoryKiB: 19_456, passes: 2 });
    expect(await createPasswords().hash(TEST_PASSWORD)).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('takes every character of a long password', async () => {
    const passwords = createPasswords({ memoryKiB: 64, passes: 1 });
    const long = 'ä'.repeat(255);
    const stored = await passwords.hash(`${long}x`);
    expect(await passwords.matches(`${long}x`, stored)).to.equal(true);
    expect(await passwords.matches(`${long}y`, stored)).to.equal(false);
  });

  it('never matches where there is no account', async () => {
    const passwords = createPasswords({ memoryKiB: 64, passes: 1 });
    expect(await passwords.matches(TEST_PASSWORD, null)).to.equal(false);
  });

  it('answers all of many at once', async () => {
    const passwords = createPasswords({ memoryKiB: 64, passes: 1 });
    const stored = await passwords.hash(TEST_PASSWORD);
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => passwords.matches(TEST_PASSWORD, stored)),
    );
    expect(answers.every(Boolean)).to.equal(true);
  });

  it('tells a hash of less cost from one of today', async () => {
    const [cheap, dear] = [
      createPasswords({ memoryKiB: 64, passes: 1 }),
      createPasswords({ memoryKiB: 64, passes: 2 }),
    ];
    expect(dear.isWeak(await cheap.hash(TEST_PASSWORD))).to.equal(true);
    expect(cheap.isWeak(await dear.hash(TEST_PASSWORD))).to.equal(false);
    expect(dear.isWeak('another kind')).to.equal(true);
  });

  it('is done again at sign-in when the cost has risen', async () => {
    const app = await startTestApp();
    try {
      const { accountId, email } = await app.createAccount('demand');
      const accounts = app.storage.storage.connection.collection<{ _id: string; passwordHash: string }>(
        'accounts',
      );
      const weak = await createPasswords({ memoryKiB: 64, passes: 1 }).hash(TEST_PASSWORD);
      await accounts.updateOne({ _id: accountId }, { $set: { passwordHash: weak } });
      await app.agent().post('/api/v1/session').send({ email, password: TEST_PASSWORD }).expect(200);
      expect((await accounts.findOne({ _id: accountId }))?.passwordHash).to.match(/m=1024,t=1/);
      await app.agent().post('/api/v1/session').send({ email, password: TEST_PASSWORD }).expect(200);
    } finally {
      await app.stop();
    }
  });
});
