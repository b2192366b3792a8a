import stemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { words as stopwords } from 'natural/lib/natural/util/stopwords.js';

const ignored: ReadonlySet<string> = new Set(stopwords);

/** Kinds of UTF-16 code units: letters and digits of any script, everything else, and halves of longer characters. */
const APART = 1;
const WORD = 2;
const HALF = 3;
const letterOrDigit = /^[\p{L}\p{N}]$/u;
/** Kind of each code unit, 0 until it is first met: asking the expression costs a hundred times as much. */
const kinds = new Uint8Array(0x10000);

const kindOf = (unit: number): number => {
  const half = unit >= 0xd800 && unit <= 0xdfff;
  const kind = half ? HALF : letterOrDigit.test(String.fromCharCode(unit)) ? WORD : APART;
  kinds[unit] = kind;
  return kind;
};

/** Length in code units of the letter or digit at a place, 0 where there is none. */
const letterAt = (text: string, at: number): number => {
  const unit = text.charCodeAt(at);
  const kind = kinds[unit] || kindOf(unit);
  if (kind !== HALF) return kind === WORD ? 1 : 0;
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return letterOrDigit.test(character) ? character.length : 0;
};

/**
 * Calls `visit` with each word of a text, as it was written, in order. Letters and digits of any script make a word; everything
 * else parts words. Reads code unit by code unit: texts are most of what a cold start reads, and a regular expression is slower.
 */
export function eachWord(text: string, visit: (word: string) => void): void {
  const clean = text.normalize('NFC');
  let start = -1;
  for (let at = 0; at < clean.length;) {
    const length = letterAt(clean, at);
    if (length > 0 && start < 0) start = at;
    if (length === 0 && start >= 0) {
      visit(clean.slice(start, at));
      start = -1;
    }
    at += length || 1;
  }
  if (start >= 0) visit(clean.slice(start));
}

/** The words of a text as they were written, in order. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  eachWord(text, (word) => words.push(word));
  return words;
}

/**
 * What a word is compared by: its Porter stem (Porter 1980), lower case. null for words that say nothing (`the`, single
 * letters). 'Detects', 'detection' and 'Detecting' share the stem 'detect'.
 */
export function stemOf(word: string): string | null {
  const lower = word.toLowerCase();
  if (lower.length < 2 || ignored.has(lower)) return null;
  return stemmer.stem(lower);
}
