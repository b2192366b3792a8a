import { expect } from 'chai';
import fc from 'fast-check';
import { DRAWN, MAP_HEIGHT, MAP_WIDTH, neighbourOf, SHAPES } from '../../../client/src/map/shapes.ts';
import { shadesFor, stepOf } from '../../../client/src/map/steps.ts';
import { loadCountries } from '../../../server/taxonomy/places.ts';

describe('map of Europe', () => {
  it('draws each country that may take part, with its label inside the drawing', () => {
    expect(DRAWN).to.have.members(loadCountries().map(({ code }) => code));
    for (const [code, { path, x, y }] of Object.entries(SHAPES)) {
      expect(path, code).to.match(/^(M\d+ \d+l[-\d ]+z)+$/);
      expect(x, code).to.be.within(0, MAP_WIDTH);
      expect(y, code).to.be.within(0, MAP_HEIGHT);
    }
  });

  it('leads from country to country by the arrow keys', () => {
    expect(neighbourOf('ES', 'ArrowLeft')).to.equal('PT');
    expect(neighbourOf('PT', 'ArrowRight')).to.equal('ES');
    expect(neighbourOf('EE', 'ArrowDown')).to.equal('LV');
    expect(neighbourOf('LV', 'ArrowDown')).to.equal('LT');
    expect(neighbourOf('IS', 'ArrowLeft')).to.equal(null);
    expect(neighbourOf('FR', 'a')).to.equal(null);
  });

  it('reaches every country by arrow keys alone', () => {
    const reached = new Set(['DE']);
    for (const code of reached) {
      for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
        const next = neighbourOf(code, key);
        if (next !== null) reached.add(next);
      }
    }
    expect([...reached]).to.have.members(DRAWN);
  });
});

describe('shades of the map', () => {
  it('cover each count from none to the most exactly once, darker for more', () => {
    fc.assert(
      fc.property(fc.nat(30_000), (most) => {
        const shades = shadesFor(most);
        expect(shades[0]).to.deep.equal({ step: 0, from: 0, to: 0 });
        expect(shades.at(-1)?.to).to.equal(most);
        shades.slice(1).forEach(({ step, from, to }, at) => {
          expect(from).to.equal((shades[at]?.to ?? NaN) + 1);
          expect(to).to.be.at.least(from);
          expect(step).to.equal(at + 1);
        });
      }),
    );
  });

  it('are told apart for counts that differ by the hundred', () => {
    const shades = shadesFor(2400);
    expect([0, 1, 40, 300, 2400].map((count) => stepOf(count, shades))).to.deep.equal([0, 1, 2, 3, 4]);
  });
});
