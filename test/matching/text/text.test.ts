import { expect } from 'chai';
import fc from 'fast-check';
import { SCALE } from '../../../matching/types.ts';
import {
  answerWeights,
  MATCH_UNIT,
  matchSum,
  queryWeights,
  textStatistics,
} from '../../../matching/text/bm25.ts';
import { fingerprint, likeness, mayBeCopies } from '../../../matching/text/copies.ts';
import { Vocabulary } from '../../../matching/text/vocabulary.ts';
import { stemOf, wordsOf } from '../../../matching/text/words.ts';

const text = fc
  .array(fc.constantFrom('drone', 'Drones', 'the', 'camera', 'flooding', 'é', 'x', '42'), { maxLength: 30 })
  .map((list) => list.join(' '));

describe('words', () => {
  it('are parted at everything but letters and digits of any script, and kept as written', () => {
    expect(wordsOf('Détection d’intrusion: TRL-7, 《камера》')).to.deep.equal([
      'Détection',
      'd',
      'intrusion',
      'TRL',
      '7',
      'камера',
    ]);
    expect(wordsOf(' … ')).to.deep.equal([]);
  });

  it('are those between all runs of other characters, in any script and in any composition', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('𝒜', '\ud835', 'e\u0301', '٣', 'x', '-'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const plain = text.normalize('NFC').split(/[^\p{L}\p{N}]+/u);
        expect(wordsOf(text)).to.deep.equal(plain.filter((word) => word !== ''));
      }),
    );
  });

  it('are remembered in the form in which they were written: the first in lower case, otherwise the first', () => {
    const vocabulary = new Vocabulary();
    const formsOf = (text: string): string[] =>
      [...vocabulary.read(text).forms].map((form) => vocabulary.form(form));
    expect(formsOf('Drones DRONE')).to.deep.equal(['Drones']);
    expect(formsOf('Drones and drone, drones')).to.deep.equal(['drone']);
    expect(formsOf('DRONE')).to.deep.equal(['DRONE']);
  });

  it('share a stem in all their forms, and have none where they say nothing', () => {
    expect(stemOf('Detecting')).to.equal(stemOf('detects'));
    expect(stemOf('The')).to.equal(null);
    expect(stemOf('x')).to.equal(null);
  });

  it('that name properties of objects are words like others', () => {
    const bag = new Vocabulary().read('constructor __proto__ toString constructor');
    expect([...bag.counts].sort()).to.deep.equal([1, 1, 2]);
  });
});

describe('BM25', () => {
  it('never overflows its unit, and gives nothing for words that nobody shares', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), (texts) => {
        const vocabulary = new Vocabulary();
        const bags = texts.map((one) => vocabulary.read(one));
        const statistics = textStatistics(
          bags.map((bag, i) => ({ id: String(i), bag })),
          vocabulary.size,
        );
        for (const need of bags) {
          for (const offer of bags) {
            const query = { stems: need.stems, weights: queryWeights(need, statistics) };
            const answer = { stems: offer.stems, weights: answerWeights(offer, statistics) };
            const sum = matchSum(query, answer);
            expect(Number.isSafeInteger(sum) && sum >= 0).to.equal(true);
            // Cauchy-Schwarz: a query of length 1 against answers of at most 1 each
            expect(sum).to.be.at.most(MATCH_UNIT * Math.sqrt(Math.max(1, need.stems.length)) * 1.01);
            if (!need.stems.some((stem) => offer.stems.includes(stem))) expect(sum).to.equal(0);
          }
        }
      }),
    );
  });

  it('reads the same statistics whatever the order of the offers', () => {
    const vocabulary = new Vocabulary();
    const offers = Array.from({ length: 600 }, (_, i) => ({
      id: `sme-${i}`,
      bag: vocabulary.read(`drone word${i % 7} ${i}`),
    }));
    expect(textStatistics(offers, vocabulary.size)).to.deep.equal(
      textStatistics(offers.toReversed(), vocabulary.size),
    );
  });

  it('gives no weight to a word of every offer, and the same to all rare ones', () => {
    const vocabulary = new Vocabulary();
    const offers = Array.from({ length: 64 }, (_, i) => ({
      id: `sme-${i}`,
      bag: vocabulary.read(`project unique${i}`),
    }));
    const { information } = textStatistics(offers, vocabulary.size);
    expect(information[0]).to.equal(0);
    expect(new Set(information.slice(1)).size).to.equal(1);
    expect(information[1]).to.be.above(0);
  });
});

describe('near-copies', () => {
  const vocabulary = new Vocabulary();
  const long = Array.from({ length: 80 }, (_, i) => `word${i}`).join(' ');

  it('are alike in full when the words are the same in another order, and not at all when nothing is shared', () => {
    const one = vocabulary.read(long);
    const turned = vocabulary.read(long.split(' ').reverse().join(' '));
    expect(likeness(one, turned)).to.equal(SCALE);
    expect(likeness(one, vocabulary.read('nothing shared here'))).to.equal(0);
    expect(likeness(one, vocabulary.read(''))).to.equal(0);
  });

  it('are not missed by their fingerprints', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(79), { maxLength: 6 }), (dropped) => {
        const words = long.split(' ');
        const copy = vocabulary.read(words.filter((_, i) => !dropped.includes(i)).join(' '));
        expect(
          mayBeCopies(fingerprint(vocabulary.read(long), vocabulary), fingerprint(copy, vocabulary)),
        ).to.equal(true);
      }),
    );
  });

  it('have fingerprints that depend on the text alone, not on what was read before it', () => {
    const fresh = new Vocabulary();
    expect(fingerprint(fresh.read(long), fresh)).to.deep.equal(
      fingerprint(vocabulary.read(long), vocabulary),
    );
  });
});
