import { expect } from 'chai';
import fc from 'fast-check';
import type { Doc, Value } from '../../../../server/storage/embedded/bson.ts';
import { compareValues } from '../../../../server/storage/embedded/key.ts';
import { compileFilter } from '../../../../server/storage/embedded/match.ts';

const scalar = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.constantFrom('a', 'b'),
  fc.boolean(),
  fc.constant(null),
);
const value: fc.Arbitrary<Value> = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
const document: fc.Arbitrary<Doc> = fc.record(
  { a: value, b: value },
  { requiredKeys: [], noNullPrototype: true },
);

/** What a condition looks at: the value, and the elements of an array. */
function seen(held: Value): Value[] {
  return Array.isArray(held) ? [held, ...held] : [held];
}

function same(held: Value, wanted: Value): boolean {
  return wanted === null ? held === null || held === undefined : held === wanted;
}

describe('filters', () => {
  it('agree with a tiny oracle on equality, $in, $ne, $lt, $gte and $exists', () => {
    fc.assert(
      fc.property(document, fc.constantFrom('a', 'b'), scalar, scalar, (doc, field, wanted, other) => {
        const held = seen(doc[field]);
        const is = (condition: Doc): boolean => compileFilter({ [field]: condition })(doc);
        const equal = held.some((one) => same(one, wanted));
        expect(is({ $eq: wanted })).to.equal(equal);
        expect(is({ $ne: wanted })).to.equal(!equal);
        expect(is({ $in: [wanted, other] })).to.equal(equal || held.some((one) => same(one, other)));
        expect(is({ $exists: true })).to.equal(field in doc);
        if (typeof wanted !== 'number') return;
        expect(is({ $lt: wanted })).to.equal(held.some((one) => typeof one === 'number' && one < wanted));
        expect(is({ $gte: wanted })).to.equal(held.some((one) => typeof one === 'number' && one >= wanted));
      }),
    );
  });
});

describe('the order of values', () => {
  const any: fc.Arbitrary<Value> = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.date({ noInvalidDate: true }),
    fc.array(fc.integer(), { maxLength: 3 }),
    fc
      .dictionary(fc.string({ maxLength: 2 }), fc.integer(), { maxKeys: 2 })
      .map((entries): Doc => ({ ...entries })),
  );

  it('is total: antisymmetric and transitive', () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(compareValues(a, b) + compareValues(b, a)).to.equal(0);
        const [low, middle, high] = [a, b, c].sort(compareValues);
        expect(compareValues(low, middle)).to.be.at.most(0);
        expect(compareValues(middle, high)).to.be.at.most(0);
        expect(compareValues(low, high)).to.be.at.most(0);
      }),
    );
  });

  it('of text is that of its UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(compareValues(a, b)).to.equal(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});
