import { expect } from 'chai';
import fc from 'fast-check';
import { matchPath } from '../../../client/src/app/matchPath.ts';

describe('client: paths', () => {
  it('gives the values of the named parts', () => {
    expect(matchPath('/smes/:smeId/partners/:partnerId', '/smes/a-1/partners/b_2')).to.deep.equal({
      smeId: 'a-1',
      partnerId: 'b_2',
    });
  });

  it('fits no path of another length or with another word', () => {
    expect(matchPath('/smes/:smeId', '/smes/a/edit')).to.equal(null);
    expect(matchPath('/smes/:smeId', '/clusters/a')).to.equal(null);
  });

  it('overlooks a slash at the end', () => {
    expect(matchPath('/companies', '/companies/')).to.deep.equal({});
  });

  it('gives back any value that a link encoded, and takes a wrong encoding as it stands', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (value) => {
        expect(matchPath('/smes/:smeId', `/smes/${encodeURIComponent(value)}`)).to.deep.equal({
          smeId: value,
        });
      }),
    );
    expect(matchPath('/smes/:smeId', '/smes/%zz')).to.deep.equal({ smeId: '%zz' });
  });
});
