import { expect } from 'chai';
import fc from 'fast-check';
import { asciiJson } from '../../../server/text/ascii-json.ts';

describe('JSON for texts that are put together', () => {
  it('says the same as JSON, in letters of ASCII', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = asciiJson(value);
        expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(value)));
        expect(text).to.match(/^[\0-\x7f]*$/);
      }),
    );
    expect(asciiJson('Łódź …')).to.equal(String.raw`"\u0141\u00f3d\u017a \u2026"`);
  });
});
