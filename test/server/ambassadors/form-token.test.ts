import { expect } from 'chai';
import { createFormTokens, FILL_MIN_MS, FORM_VALID_MS } from '../../../server/ambassadors/form-token.ts';
import { createTestClock } from '../../support/app.ts';

describe('tokens of the application form', () => {
  const clock = createTestClock();
  const forms = createFormTokens({ secrets: ['new-secret', 'old-secret'], clock });

  it('are taken after the time that a person needs, again and again with the same id, and not after a day', () => {
    const token = forms.issue();
    expect(() => forms.check(token)).to.throw('sent right after it was opened');
    clock.advance(FILL_MIN_MS);
    const id = forms.check(token);
    expect(forms.check(token)).to.equal(id);
    expect(forms.check(token)).not.to.equal(forms.issue().split('.')[0]);
    clock.advance(FORM_VALID_MS);
    expect(() => forms.check(token)).to.throw('open for too long');
  });

  it('of the secret before are good, of other secrets not, and nothing in them can be changed', () => {
    const old = createFormTokens({ secrets: ['old-secret'], clock }).issue();
    const foreign = createFormTokens({ secrets: ['foreign'], clock }).issue();
    const token = forms.issue();
    clock.advance(FILL_MIN_MS);
    expect(forms.check(old)).to.be.a('string');
    const [id = '', time = '', mac = ''] = token.split('.');
    const earlier = (parseInt(time, 36) - 1).toString(36);
    for (const bad of [
      foreign,
      `${id}0.${time}.${mac}`,
      `${id}.${earlier}.${mac}`,
      `${id}.${time}.`,
      '',
      '..',
      'x',
    ]) {
      expect(() => forms.check(bad), bad).to.throw('open for too long');
    }
  });
});
