import { expect } from 'chai';
import fc from 'fast-check';
import { emptyDraft, emptyLink } from '../../../client/src/profile/draft.ts';
import { inputOf, parseFigure } from '../../../client/src/profile/input.ts';
import { smeInputSchema } from '../../../server/smes/schema.ts';

const blank = () => ({ ...emptyDraft('2026-03-01'), name: 'Radar Ltd', country: 'PT' });

describe('client: what the form sends', () => {
  for (const [typed, value] of [
    ['1200000', 1_200_000],
    ['1 200 000', 1_200_000],
    ['1,200,000', 1_200_000],
    ["1'200'000", 1_200_000],
    ['12.5', 12.5],
    [' 7 ', 7],
  ] as const) {
    it(`reads ${JSON.stringify(typed)} as ${value}`, () => {
      expect(parseFigure(typed)).to.equal(value);
    });
  }

  it('reads nothing as not declared, and words or doubtful commas as no number', () => {
    expect(parseFigure('  ')).to.equal(null);
    for (const typed of ['many', '1,5', '-3', '1e5', '1.2.3']) expect(parseFigure(typed), typed).to.be.NaN;
  });

  it('reads back every number as it was written with spaces', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), (value) => {
        const written = new Intl.NumberFormat('fr').format(value);
        expect(parseFigure(written)).to.equal(value);
      }),
    );
  });

  it('sends the numbers of joint projects however they are parted', () => {
    const { input } = inputOf({ ...blank(), projects: ' 700199,653642;\n101070000 ' });
    expect(input.projects).to.deep.equal(['700199', '653642', '101070000']);
  });

  it('fits the API where only the name and the country are filled in', () => {
    const { input, errors } = inputOf(blank());
    expect(errors).to.deep.equal({});
    expect(smeInputSchema.parse(input)).to.deep.equal(input);
    expect(input.declaration).to.equal(null);
  });

  it('names figures that are missing or no numbers by the fields of the API', () => {
    const draft = blank();
    draft.declaration.turnoverEur = 'much';
    draft.declaration.links = [{ ...emptyLink(), name: 'Holding SA', headcount: '3' }];
    expect(Object.keys(inputOf(draft).errors)).to.have.members([
      'declaration.headcount',
      'declaration.turnoverEur',
      'declaration.links.0.share',
    ]);
  });
});
