import { expect } from 'chai';
import {
  comparableName,
  DuplicateIndex,
  websiteHost,
  type Company,
} from '../../../server/imports/duplicates.ts';

const company = (name: string, overrides: Partial<Company> = {}): Company => ({
  name,
  country: 'FR',
  website: null,
  externalId: null,
  source: null,
  ...overrides,
});

function because(known: Company, seen: Company): string | undefined {
  const index = new DuplicateIndex<number>();
  index.add(known, 1);
  return index.find(seen)?.because;
}

describe('duplicates', () => {
  const spellings: readonly [string, string][] = [
    ['Médián Détection S.A.S.', 'MEDIAN DETECTION'],
    ['DataX Sp. z o.o.', 'DATAX SP ZOO'],
    ['PROLOG DEVELOPMENT CENTER A/S', 'Prolog Development Center AS'],
    ['Foo & Bar GmbH', 'FOO AND BAR AG'],
    ['Straßen Sicherheit GmbH', 'STRASSEN SICHERHEIT'],
    ['The Shield Company Ltd.', 'SHIELD LIMITED'],
  ];
  for (const [one, other] of spellings) {
    it(`takes '${other}' for '${one}'`, () => {
      expect(because(company(one), company(other))).to.match(/^same name/);
    });
  }

  it('finds a slip of the keyboard in the same country only', () => {
    const known = company('Cybersecurity Solutions Lyon');
    expect(because(known, company('Cybersecurty Solutions Lyon'))).to.match(/very similar/);
    expect(because(known, company('Cybersecurty Solutions Lyon', { country: 'BE' }))).to.equal(undefined);
  });

  it('finds the same website and the same id under another name', () => {
    expect(
      because(company('Old', { website: 'https://www.acme.eu/en' }), company('New', { website: 'acme.eu' })),
    ).to.match(/same website/);
    const ids = { externalId: 'P1', source: 'CORDIS' };
    expect(because(company('Old', ids), company('New', ids))).to.match(/same id/);
  });

  it('never takes two ids of one source for one company', () => {
    const one = company('Acme', { externalId: 'P1', source: 'CORDIS' });
    expect(because(one, company('Acme', { externalId: 'P2', source: 'CORDIS' }))).to.equal(undefined);
    expect(because(one, company('Acme', { externalId: 'P2', source: null }))).to.match(/same name/);
  });

  it('keeps apart what differs by a number, and shared hosts', () => {
    expect(because(company('Company number 7'), company('Company number 8'))).to.equal(undefined);
    expect(websiteHost('www.facebook.com/acme')).to.equal(null);
    expect(websiteHost('wwww.fmmc.ro')).to.equal('fmmc.ro');
  });

  it('leaves a name that is nothing but a legal form as it is', () => {
    expect(comparableName('AG')).to.equal('ag');
    expect(comparableName('S.R.L.')).to.equal('srl');
  });

  it('compares 20,000 companies with 20,000 without comparing each with each', () => {
    const index = new DuplicateIndex<number>();
    for (let i = 0; i < 20_000; i += 1) index.add(company(`Security company ${i} Ltd`), i);
    let found = 0;
    for (let i = 10_000; i < 30_000; i += 1) if (index.find(company(`SECURITY Company ${i}`))) found += 1;
    expect(found).to.equal(10_000);
  });
});
