import { expect } from 'chai';
import {
  loadCall,
  loadCountryLists,
  loadOpenCall,
  shippedCalls,
  toEngineCall,
} from '../../../server/calls/calls.ts';
import { rulesFaults } from '../../../server/calls/check.ts';
import { callRulesSchema } from '../../../server/calls/schema.ts';
import { taxonomy } from '../smes/support.ts';

describe('shipped calls', () => {
  it('takes the newest, and any other by its id', () => {
    expect(loadOpenCall().id).to.equal('securit-2');
    expect(loadCall('securit-1').id).to.equal('securit-1');
    expect(() => loadCall('securit-9')).to.throw("no call 'securit-9'");
  });

  it('gives the engine the rules and nothing else', () => {
    expect(loadCall()).not.to.have.property('source');
    expect(loadCall().countries).to.have.length(45);
    expect(toEngineCall(loadOpenCall(), ['a']).taken).to.deep.equal(['a']);
  });

  it('names only countries and terms that exist', () => {
    for (const { id: _, ...rules } of shippedCalls()) expect(rulesFaults(rules, taxonomy)).to.deep.equal([]);
  });
});

describe('lists of countries', () => {
  const list = (id: string): readonly string[] =>
    loadCountryLists().find((one) => one.id === id)?.countries ?? [];

  it('differ for Switzerland, the United Kingdom and Kosovo', () => {
    const answers = (id: string): boolean[] => ['CH', 'GB', 'XK'].map((code) => list(id).includes(code));
    expect(answers('horizon-2020')).to.deep.equal([true, true, false]);
    expect(answers('horizon-2020-securit')).to.deep.equal([true, true, true]);
    expect(answers('horizon-europe-2022')).to.deep.equal([false, false, true]);
    expect(answers('horizon-europe-2025')).to.deep.equal([true, true, true]);
    expect(answers('eu-27')).to.deep.equal([false, false, false]);
  });

  it('are where the shipped calls took their countries from', () => {
    for (const { countries, countryList } of shippedCalls()) {
      expect(countries.toSorted()).to.deep.equal(list(countryList.id ?? ''));
    }
  });

  it('name only countries that an SME can be in', () => {
    for (const { countries } of loadCountryLists()) {
      expect(countries.filter((code) => !taxonomy.knowsCountry(code))).to.deep.equal([]);
    }
  });
});

describe('rules of a call', () => {
  const { id: _, ...rules } = loadOpenCall();
  const fault = (change: object): string[] => {
    const parsed = callRulesSchema.safeParse({ ...rules, ...change });
    return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
  };

  it('are refused with the field that is wrong', () => {
    const [instrument] = rules.instruments;
    expect(fault({})).to.deep.equal([]);
    expect(fault({ closes: '2023-01-31' })).to.deep.equal(['closes']);
    expect(fault({ instruments: [instrument, instrument] })).to.deep.equal(['instruments.1']);
    expect(fault({ instruments: [{ ...instrument, trlMin: 9 }] })).to.deep.equal(['instruments.0.trlMax']);
    expect(fault({ instruments: [{ ...instrument, miniGrantEur: 75_000 }] })).to.deep.equal([
      'instruments.0.miniGrantEur',
    ]);
    expect(fault({ countries: ['FR', 'fr'] })).to.deep.equal(['countries.1']);
    expect(fault({ countries: ['FR'] })).to.deep.equal(['countries']);
    expect(fault({ countries: ['FR'], crossBorder: 'bonus' })).to.deep.equal([]);
    expect(fault({ documents: [{ title: 'Guide', url: 'javascript:alert(1)' }] })).to.deep.equal([
      'documents.0.url',
    ]);
    expect(fault({ source: '' })).to.deep.equal(['source']);
  });

  it("take the EU's own codes for Greece and the United Kingdom", () => {
    expect(callRulesSchema.parse({ ...rules, countries: ['EL', 'UK'] }).countries).to.deep.equal([
      'GR',
      'GB',
    ]);
  });
});
