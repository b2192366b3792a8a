import { expect } from 'chai';
import fc from 'fast-check';
import { TextRow, textBlock } from '../../../server/text/block.ts';
import { TextWriter } from '../../../server/text/writer.ts';

const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 400 });

describe('texts in a block', () => {
  it('are read by their place in a row, and those that are not there are told apart', () => {
    const rows = fc.array(fc.array(fc.option(ascii), { maxLength: 6 }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, (all) => {
        // As it comes from another thread.
        const block = structuredClone(textBlock(all.flat()));
        let first = 0;
        for (const texts of all) {
          const row = new TextRow(block, first);
          const read = texts.map((_, place) => row.at(place));
          expect(read.map((bytes) => bytes && Buffer.from(bytes).toString())).to.deep.equal(texts);
          first += texts.length;
        }
      }),
    );
  });
});

describe('a text that is put together', () => {
  it('holds all parts in order, however many are written at a time', () => {
    const part = fc.oneof(
      ascii,
      fc.integer({ min: 1, max: 90_000 }).map((length) => 'x'.repeat(length)),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(part, fc.boolean()), { maxLength: 8 }), { maxLength: 4 }),
        (all) => {
          const writers = all.map(() => new TextWriter());
          // By turns, as they share their memory one after the other.
          for (let turn = 0; turn < 8; turn += 1) {
            all.forEach((parts, at) => {
              const [text, asBytes] = parts[turn] ?? [];
              if (text === undefined) return;
              if (asBytes) writers[at]?.bytes(Buffer.from(text));
              else writers[at]?.text(text);
            });
          }
          const taken = writers.map((writer) => writer.take());
          expect(taken.map(String)).to.deep.equal(all.map((parts) => parts.map(([text]) => text).join('')));
        },
      ),
      { numRuns: 60 },
    );
  });
});
