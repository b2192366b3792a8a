import { expect } from 'chai';
import fc from 'fast-check';
import { coverageOf, onlyIn, townsOf, type CoverageInput } from '../../../server/coverage/coverage.ts';
import type { PoolItem, PoolSme } from '../../../server/coverage/pool.ts';

const countries = ['DE', 'FR', 'GR', 'IL'].map((code) => ({ code, name: code, widening: code === 'GR' }));
const call = { id: 'call', name: 'Call', countries: ['DE', 'FR', 'GR'] };
const cluster = (id: string, country: string, left = false) => ({
  id,
  name: id,
  country,
  region: `Region of ${id}`,
  website: null,
  kind: 'ambassador' as const,
  demo: false,
  left,
});
const item = (...capabilities: string[]): PoolItem => ({ capabilities, fields: ['field'] });
const sme = (country: string, clusterId: string | null, offers: string[], needs: string[] = [], city = 'Town'): PoolSme => ({
  country,
  city,
  clusterId,
  offers: offers.map((term) => item(term)),
  needs: needs.map((term) => item(term)),
});
const inputOf = (smes: readonly PoolSme[], overrides: Partial<CoverageInput> = {}): CoverageInput => ({
  smes: new Map(smes.map((one, place) => [String(place), one])),
  clusters: [cluster('fr', 'FR'), cluster('de', 'DE', true)],
  countries,
  call,
  filter: {},
  ...overrides,
});
const rowOf = (input: CoverageInput, code: string) => coverageOf(input).countries.find(({ country }) => country === code);

describe('coverage', () => {
  const smes = [
    sme('FR', 'fr', ['radar'], ['crypto']),
    sme('FR', 'fr', ['radar', 'drones']),
    sme('GR', null, ['crypto', 'sonar'], ['radar'], 'Athens'),
    sme('GR', null, ['crypto'], [], 'ATHENS'),
    sme('DE', null, ['crypto']),
    sme('IL', null, ['lasers'], ['sonar']),
  ];

  it('says what one more cluster would add: its SMEs, what only they offer, whom they could work with', () => {
    const input = inputOf(smes);
    // Sonar is offered in Greece alone; crypto in Germany too. Both French SMEs offer or seek what Greek ones seek or offer.
    expect(rowOf(input, 'GR')).to.deep.include({
      gap: 'no-cluster',
      smes: 2,
      smesWithoutCluster: 2,
      oneMore: { smes: 2, capabilities: 1, partners: 2 },
    });
    expect(rowOf(input, 'FR')).to.deep.include({ gap: null, oneMore: null, ambassadorClusters: 1, onlyHere: 2 });
    expect(onlyIn(input, 'GR')).to.deep.equal(['sonar']);
    expect(townsOf(input, 'GR')).to.deep.equal([{ town: 'Athens', smes: 2 }]);
  });

  it('counts no partners for a country that may not take part in the call, and no clusters that left', () => {
    expect(rowOf(inputOf(smes), 'IL')).to.deep.include({
      eligible: false,
      oneMore: { smes: 1, capabilities: 1, partners: 0 },
    });
    expect(coverageOf(inputOf(smes)).totals).to.include({ clusters: 1, clustersLeft: 1, countriesWithCluster: 1 });
    expect(rowOf(inputOf(smes), 'DE')?.gap).to.equal('no-cluster');
  });

  it('counts only what fits the filter', () => {
    const row = rowOf(inputOf(smes, { filter: { capability: 'crypto' } }), 'FR');
    expect(row).to.include({ smes: 1, offers: 0, needs: 1 });
    expect(rowOf(inputOf(smes, { filter: { field: 'none' } }), 'FR')).to.include({ smes: 0, gap: 'no-smes' });
  });

  it('gives the counts that looking at each pair would give', () => {
    const term = fc.constantFrom('a', 'b', 'c', 'd');
    const anySme = fc
      .record({
        country: fc.constantFrom('DE', 'FR', 'GR', 'IL'),
        clusterId: fc.option(fc.constant('fr')),
        offers: fc.array(term, { maxLength: 3 }),
        needs: fc.array(term, { maxLength: 3 }),
      })
      .map(({ country, clusterId, offers, needs }) => sme(country, clusterId, offers, needs));
    const terms = (items: readonly PoolItem[]) => items.flatMap(({ capabilities }) => capabilities);
    const meet = (one: readonly PoolItem[], other: readonly PoolItem[]) =>
      terms(one).some((capability) => terms(other).includes(capability));
    fc.assert(
      fc.property(fc.array(anySme, { maxLength: 25 }), (all) => {
        const { countries: rows, totals } = coverageOf(inputOf(all));
        expect(totals.smes).to.equal(all.length);
        for (const row of rows) {
          const alone = all.filter((one) => one.country === row.country && one.clusterId === null);
          const partners = all.filter(
            (other) =>
              other.country !== row.country &&
              call.countries.includes(other.country) &&
              call.countries.includes(row.country) &&
              alone.some((one) => meet(one.offers, other.needs) || meet(one.needs, other.offers)),
          );
          expect(row.smesWithoutCluster).to.equal(alone.length);
          if (row.oneMore !== null) expect(row.oneMore.partners).to.equal(partners.length);
        }
      }),
    );
  });
});
