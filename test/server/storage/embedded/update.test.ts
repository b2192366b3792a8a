import { expect } from 'chai';
import fc from 'fast-check';
import { decode, type Doc, encode } from '../../../../server/storage/embedded/bson.ts';
import { Collection, idIndex } from '../../../../server/storage/embedded/collection.ts';
import { CommandError } from '../../../../server/storage/embedded/errors.ts';
import { applyPatch, joinPieces, patchOf, piecesOf } from '../../../../server/storage/embedded/pieces.ts';
import { compileUpdate } from '../../../../server/storage/embedded/update.ts';

const scalar = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(null), fc.constantFrom('x', 'é'));
const inner = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.record({ a: scalar, b: fc.array(scalar, { maxLength: 3 }) }, { requiredKeys: [] }),
);
const document = fc.record(
  { a: inner, b: fc.record({ a: inner, b: inner }), c: fc.array(inner, { maxLength: 12 }) },
  { requiredKeys: [] },
);
const path = fc.constantFrom('a', 'a.a', 'a.b.0', 'b', 'b.a', 'b.a.b', 'b.c', 'c', 'c.0', 'c.1.a', 'c.2.b.1');
const change = fc.oneof(
  fc.record({ operator: fc.constant('$set'), path, value: inner }),
  fc.record({ operator: fc.constant('$unset'), path, value: fc.constant(1) }),
  fc.record({ operator: fc.constant('$push'), path, value: scalar }),
  fc.record({ operator: fc.constant('$pull'), path, value: scalar }),
);

/** A document as it is read from its bytes. */
const read = (doc: object): Doc => decode(encode(doc as Doc));

describe('updates', () => {
  it('leave the old document as it was, and what they make is what its bytes say', () => {
    fc.assert(
      fc.property(document, fc.array(change, { minLength: 1, maxLength: 3 }), (held, changes) => {
        const before = read({ _id: 1, ...held });
        const bytes = encode(before);
        let [doc, was] = [before, bytes];
        for (const { operator, path: field, value } of changes) {
          try {
            const changed = compileUpdate(read({ [operator]: { [field]: value } }))(doc, false);
            const pieces = piecesOf(changed, { doc, bytes: was });
            const now = joinPieces(pieces, was);
            expect(applyPatch(was, patchOf(pieces))).to.deep.equal(now);
            [doc, was] = [changed.doc, now];
          } catch (error) {
            // Refused, as an array is needed or a scalar is in the way: nothing may have changed by it.
            if (!(error instanceof CommandError)) throw error;
          }
        }
        expect(encode(before)).to.deep.equal(bytes);
        expect(was).to.deep.equal(Buffer.from(encode(doc)));
        expect(decode(was)).to.deep.equal(doc);
      }),
      { numRuns: 1_000 },
    );
  });

  it('share what they do not touch, in memory too', () => {
    const before = read({ _id: 1, list: [{ n: 1 }, { n: 2 }], other: { deep: [1, 2, 3] } });
    const { doc: after } = compileUpdate(read({ $set: { 'list.1.n': 3 } }))(before, false);
    expect(after).to.deep.equal({ _id: 1, list: [{ n: 1 }, { n: 3 }], other: { deep: [1, 2, 3] } });
    expect(after['other']).to.equal(before['other']);
    expect((after['list'] as unknown[])[0]).to.equal((before['list'] as unknown[])[0]);
    expect(compileUpdate(read({ $set: { 'list.1.n': 2 } }))(before, false).doc).to.equal(before);
  });

  it('add several elements to an array in the order of their numbers', () => {
    const before = read({ _id: 1, list: Array.from({ length: 9 }, (_, at) => at) });
    const set = { 'list.10': 10, 'list.9': 9, 'list.11': 11 };
    const { doc: after } = compileUpdate(read({ $set: set }))(before, false);
    expect(after['list']).to.deep.equal(Array.from({ length: 12 }, (_, at) => at));
  });

  it('keep numbers in the form in which they were stored', () => {
    const store = { put: () => undefined, del: () => undefined };
    const rows = new Collection({ id: 1, database: 'd', name: 'c', indexes: [idIndex] }, store);
    // a 64-bit 7, which is read as the number 7
    const bytes = Buffer.from('180000001069640001000000126e000700000000000000', 'hex');
    const whole = Buffer.concat([bytes, Buffer.alloc(1)]);
    whole.writeInt32LE(whole.length);
    const row = rows.insert(whole);
    const after = rows.replace(row, compileUpdate(read({ $set: { other: 1 } }))(row.doc, false));
    expect(after.doc).to.include({ n: 7, other: 1 });
    expect(Buffer.from(after.bytes).includes(Buffer.from('126e000700000000000000', 'hex'))).to.equal(true);
  });
});
