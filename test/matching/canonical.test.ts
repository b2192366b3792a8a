import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../matching/canonical.ts';

/** The same value with the keys of every object in reverse. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, one]) => [key, reversed(one)]),
  );
}

const values = fc.jsonValue({ maxDepth: 4 }).filter((value) => !/\d\.|e-/.test(JSON.stringify(value)));

describe('canonical JSON', () => {
  it('is the same whatever the order of the keys, and JSON that says the same', () => {
    const safe = values.filter((value) => !/\d{16}|e\+/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(safe, (value) => {
        expect(canonicalJson(reversed(value))).to.equal(canonicalJson(value));
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).to.equal(canonicalJson(plain));
      }),
    );
  });

  it('sorts keys by code units, leaves out what is undefined and writes no spaces', () => {
    expect(canonicalJson({ b: [1, -0, 'ü\ud800'], ä: null, a: undefined, B: true })).to.equal(
      '{"B":true,"b":[1,0,"ü\\ud800"],"ä":null}',
    );
  });

  it('refuses fractions, what is not a number, and what JSON has no word for', () => {
    for (const wrong of [0.5, Number.NaN, Infinity, 2 ** 53]) {
      expect(() => canonicalJson({ wrong })).to.throw(RangeError, 'is not a whole number');
    }
    expect(() => canonicalJson([() => 1])).to.throw(RangeError, 'function');
    expect(() => canonicalJson(undefined)).to.throw(RangeError, 'undefined');
  });
});
