import { expect } from 'chai';
import { loadCordisMapping } from '../../../server/imports/cordis.ts';
import { FACETS, createTaxonomyService } from '../../../server/taxonomy/service.ts';
import { loadCountries } from '../../../server/taxonomy/places.ts';

describe('taxonomy service', () => {
  const taxonomy = createTaxonomyService();

  it('has the 203 terms under the four facets', () => {
    const count = (facet: string) => taxonomy.view().terms.filter((term) => term.facet === facet).length;
    expect(FACETS.map(count)).to.deep.equal([165, 17, 6, 15]);
    expect(taxonomy.facetOf('uav')).to.equal('technologies');
    expect(taxonomy.facetOf('nonsense')).to.equal(undefined);
  });

  it('knows the countries by their standing in Horizon 2020', () => {
    const countries = loadCountries();
    expect(countries.filter(({ eu }) => eu)).to.have.length(27);
    expect(countries.filter(({ h2020Associated }) => h2020Associated)).to.have.length(16);
    expect(countries.filter(({ widening }) => widening)).to.have.length(27);
    expect(taxonomy.knowsCountry('GB') && taxonomy.knowsCountry('XK')).to.equal(true);
    expect(taxonomy.knowsCountry('EL')).to.equal(false);
  });

  it('maps words of CORDIS to terms that exist, under the facet that they belong to', () => {
    const mapped = loadCordisMapping()(
      ['crisis-management', 'research-coordination'],
      ['drones', 'transport', 'gas'],
    );
    expect(mapped).to.deep.equal({
      capabilities: [],
      technologies: ['uav'],
      fields: ['disaster_resilience_crisis_management'],
      sectors: ['transportation'],
    });
  });
});
