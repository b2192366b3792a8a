import { expect } from 'chai';
import { nextPath } from '../../../client/src/accounts/nextPath.ts';

describe('client: where to go after sign-in', () => {
  it('takes a path of this site', () => {
    expect(nextPath('/smes/a?x=1')).to.equal('/smes/a?x=1');
  });

  for (const asked of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    null,
  ]) {
    it(`refuses ${JSON.stringify(asked)}`, () => {
      expect(nextPath(asked)).to.equal(null);
    });
  }
});
