import { expect } from 'chai';
import fc from 'fast-check';
import { SCALE } from '../../../matching/types.ts';
import {
  likeness,
  matchSum,
  weighNeed,
  weighOffer,
  textStatistics,
} from '../../../matching/text/weighing.ts';
import { answered } from '../../../matching/factors/text.ts';
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
      Array.from(
        vocabulary.formsOf(vocabulary.read(text), () => [text]),
        (form) => vocabulary.form(form),
      );
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
    expect([...bag.times].sort()).to.deep.equal([1, 1, 2]);
  });
});

describe('a bag of words', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'drone',
      'Drones',
      'DRONE',
      'the',
      'x',
      'e\u0301clair',
      'éclair',
      '’',
      '–',
      '𝒜b',
      '\ud835',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.string({ unit: fc.constantFrom('a', 'b', 'A'), maxLength: 3 }),
  );
  const texts = fc.array(
    fc.array(word, { maxLength: 40 }).map((list) => list.join(' ')),
    { maxLength: 4 },
  );

  /** Each stem with how often it comes and the form that stands for it, as it is read word by word. */
  const plain = (parts: readonly string[]): [string, number, string][] => {
    const found = new Map<string, string[]>();
    for (const written of parts.flatMap(wordsOf)) {
      const stem = stemOf(written);
      if (stem !== null) found.set(stem, [...(found.get(stem) ?? []), written]);
    }
    return [...found].map(([stem, forms]) => [
      stem,
      Math.min(3, 32 - Math.clz32(forms.length)),
      forms.find((form) => form === form.toLowerCase()) ?? forms[0] ?? '',
    ]);
  };

  it('has each stem, how often it comes and in which form, whatever was read before', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 4 }), (readings) => {
        const vocabulary = new Vocabulary();
        for (const parts of readings) {
          const bag = vocabulary.readAll(parts);
          const { stems, times, length } = bag;
          const forms = vocabulary.formsOf(bag, () => parts);
          const read = [...stems].map((stem, at): [string, number, string] => [
            vocabulary.stem(stem),
            times[at] ?? 0,
            vocabulary.form(forms[at] ?? -1),
          ]);
          expect(read).to.have.deep.members(plain(parts));
          expect([...stems]).to.deep.equal([...stems].sort((one, other) => one - other));
          expect(length).to.equal(parts.flatMap(wordsOf).filter((one) => stemOf(one) !== null).length);
        }
      }),
    );
  });

  it('of many long words is the same when it is read again', () => {
    const words = Array.from({ length: 3000 }, (_, i) => `${'long'.repeat(i % 9)}q${i}`);
    const vocabulary = new Vocabulary();
    const first = vocabulary.read(words.join(' '));
    expect(first.stems.length).to.equal(new Set(words.map(stemOf)).size);
    expect(vocabulary.read(words.join('\n'))).to.deep.equal(first);
  });
});

describe('the weighing of words', () => {
  it('sums up the same whichever way round, below what the two lengths allow, and nothing for words that nobody shares', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), (texts) => {
        const vocabulary = new Vocabulary();
        const bags = texts.map((one) => vocabulary.read(one));
        const statistics = textStatistics(
          bags.map((bag, i) => ({ id: String(i), bag })),
          vocabulary.size,
        );
        const needs = bags.map((bag) => weighNeed(bag, statistics));
        const offers = bags.map((bag) => weighOffer(bag, statistics));
        for (const need of needs) {
          for (const offer of offers) {
            const sum = matchSum(need, offer);
            expect(sum).to.equal(matchSum(offer, need));
            // Cauchy and Schwarz
            expect(sum).to.be.at.most(Math.sqrt(need.squares * offer.squares) * 1.000001);
            if (!need.stems.some((stem) => offer.stems.includes(stem))) expect(sum).to.equal(0);
          }
        }
      }),
    );
  });

  it('counts a word that is repeated up to three times, and lets a short need be answered in full', () => {
    const vocabulary = new Vocabulary();
    const offers = Array.from({ length: 64 }, (_, i) => ({ id: `${i}`, bag: vocabulary.read(`common${i}`) }));
    const statistics = textStatistics(offers, vocabulary.size);
    const often = weighOffer(vocabulary.read('radar sonar sonar lidar lidar lidar lidar lidar'), statistics);
    expect([...often.times].sort()).to.deep.equal([1, 2, 3]);
    const [short, long] = ['radar', `radar ${offers.map((_, i) => `other${i}`).join(' ')}`].map((words) =>
      weighNeed(vocabulary.read(words), statistics),
    );
    if (!short || !long) throw new RangeError('two were read');
    const valueOf = (need: typeof short): number =>
      answered(matchSum(need, often), need.length * often.length);
    expect(valueOf(short)).to.be.above(2 * valueOf(long));
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
  const statistics = textStatistics([{ id: 'a', bag: vocabulary.read(long) }], vocabulary.size);
  const read = (words: string) =>
    weighOffer(vocabulary.read(words), { ...statistics, information: new Uint8Array(0) });

  it('are alike in full when the words are the same in another order, and not at all when nothing is shared', () => {
    const one = read(long);
    const turned = read(long.split(' ').reverse().join(' '));
    expect(likeness(one, turned)).to.equal(SCALE);
    expect(likeness(one, read('nothing shared here'))).to.equal(0);
    expect(likeness(one, read(''))).to.equal(0);
  });
});
