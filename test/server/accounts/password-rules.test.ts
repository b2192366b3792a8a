import { expect } from 'chai';
import { weaknessOf } from '../../../server/accounts/password-rules.ts';
import { TEST_PASSWORD } from '../../support/app.ts';

const context = {
  email: 'anna.lindqvist@nordsensor.example.eu',
  name: 'Anna Lindqvist',
  organisation: 'Nordsensor AB',
};

describe('password rules', () => {
  const refused = (title: string, passwords: readonly string[]) => {
    it(`refuses ${title}`, () => {
      for (const password of passwords) expect(weaknessOf(password, context), password).to.be.a('string');
    });
  };
  refused('common passwords', ['1qaz2wsx3edc', 'justinbieber', 'finalfantasy', 'leavemealone']);
  refused('common passwords in disguise', [
    'P@ssw0rd1234',
    'Dragon20262026!',
    '!!!Football2026',
    'iloveyou123456',
  ]);
  refused('repetitions', ['aaaaaaaaaaaa', 'abcabcabcabc', '121212121212', 'monkeymonkeymonkey']);
  refused('counts and rows of keys', [
    '123456789012',
    'abcdefghijkl',
    'qwertyuiopas',
    'poiuytrewqlkjh',
    'abcd1234efgh',
  ]);
  refused('the own name, address, organisation and ours', [
    'AnnaLindqvist1',
    'lindqvist-2026',
    'nordsensor2026!',
    'Nordsensor-AB-1',
    'tandem-tandem-1',
    'anna.lindqvist!',
  ]);

  it('asks for nothing but that: words, blanks, any script, no composition', () => {
    const fine = [
      TEST_PASSWORD,
      'correct horse battery staple',
      'mon chat dort sous la table bleue',
      'зимний поезд уходит в полночь',
      'kvxjwpqzmbnr',
      'tandem rides past the lighthouse',
    ];
    for (const password of fine) expect(weaknessOf(password, context), password).to.equal(null);
  });
});
