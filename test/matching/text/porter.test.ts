import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import stemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { porterStem } from '../../../matching/text/porter.ts';
import { wordsOf } from '../../../matching/text/words.ts';

const ENDINGS = [
  ...['sses', 'ies', 's', 'eed', 'ed', 'ing', 'at', 'bl', 'iz', 'y', 'ational', 'tional', 'enci', 'anci'],
  ...['izer', 'abli', 'bli', 'alli', 'entli', 'eli', 'ousli', 'ization', 'ation', 'ator', 'alism', 'iveness'],
  ...['fulness', 'ousness', 'aliti', 'iviti', 'biliti', 'logi', 'icate', 'ative', 'alize', 'iciti', 'ical'],
  ...['ful', 'ness', 'al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ent', 'ou'],
  ...['ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'sion', 'tion', 'e', 'll', 'yy', 'pp', 'zz'],
];

const LETTERS = ['a', 'e', 'i', 'o', 'u', 'y', 'y', 'b', 'c', 'd', 'l', 's', 't', 'v', 'x', 'z', '1', 'é'];

const expectTheSame = (word: string): void => {
  expect(porterStem(word), word).to.equal(stemmer.stem(word));
};

describe('the stemmer', () => {
  it('finds the stems that the library finds, for every word of the real companies', () => {
    const text = readFileSync(new URL('../../../scripts/demo/cordis-smes.csv', import.meta.url), 'utf8');
    const words = new Set(wordsOf(text.toLowerCase()));
    expect(words.size).to.be.greaterThan(5000);
    words.forEach(expectTheSame);
  });

  it('finds them for any letters before any endings', () => {
    const letters = fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 6 });
    const endings = fc.array(fc.constantFrom(...ENDINGS), { maxLength: 3 });
    fc.assert(
      fc.property(letters, endings, (before, after) => {
        expectTheSame(before + after.join(''));
      }),
      { numRuns: 20_000 },
    );
  });
});
