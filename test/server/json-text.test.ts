import { expect } from 'chai';
import fc from 'fast-check';
import { jsonText } from '../../server/json-text.ts';

describe('JSON for texts that are put together', () => {
  it('says the same as JSON, in letters of one byte', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = jsonText(value);
        expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(value)));
        expect(text).to.match(/^[\0-\xff]*$/);
      }),
    );
    expect(jsonText('Łódź é …')).to.equal(String.raw`"\u0141ód\u017a é \u2026"`);
  });
});
