import { expect } from 'chai';
import { searchName, searchPattern } from '../../../server/smes/search-name.ts';

describe('search names', () => {
  it('folds case, diacritics, special letters and punctuation', () => {
    expect(searchName('  Médián–Détection, S.A.S. ')).to.equal('median detection s a s');
    expect(searchName('Straße Łódź Ærø')).to.equal('strasse lodz aero');
  });

  it('reads nothing that is typed as an expression', () => {
    expect(searchPattern('.*').test('anything')).to.equal(true);
    expect(searchPattern('a.c').test('abc')).to.equal(false);
    expect(searchPattern('DETEC').test(searchName('Détection'))).to.equal(true);
  });
});
