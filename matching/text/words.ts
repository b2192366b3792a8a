import { words as stopwords } from 'natural/lib/natural/util/stopwords.js';
import { porterStem } from './porter.ts';

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

/** Code units below this are not composed with anything, and neither are punctuation marks, raised digits and currencies. */
const COMBINING = 0x300;
const FIRST_MARK = 0x2002;
const LAST_MARK = 0x20cf;

/** Whether a code unit may be composed with the one before it. */
const mayCompose = (unit: number): boolean => unit >= COMBINING && (unit < FIRST_MARK || unit > LAST_MARK);

/** Takes the words of a text one by one: where each starts and ends in `text`, and its hash. */
export interface WordSink {
  word(text: string, from: number, to: number, hash: number): void;
}

const HASH_START = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;

/**
 * Tells a sink each word of a text, as it was written, in order. Letters and digits of any script make a word; everything else parts
 * words. Reads code unit by code unit and makes no string: texts are most of what a cold start reads.
 */
export function readWords(text: string, sink: WordSink): void {
  // letters are composed (NFC) from the first word on that may have something to compose: most texts have none
  let clean = text;
  let isComposed = false;
  let at = 0;
  while (at < clean.length) {
    let start = at;
    let hash = HASH_START;
    for (; at < clean.length; at += 1) {
      let unit = clean.charCodeAt(at);
      if (!isComposed && mayCompose(unit)) {
        clean = clean.slice(start).normalize('NFC');
        isComposed = true;
        hash = HASH_START;
        start = 0;
        at = 0;
        unit = clean.charCodeAt(0);
      }
      const kind = kinds[unit];
      if (kind !== WORD) {
        if (kind === APART) break;
        const letter = letterAt(clean, at);
        if (letter === 0) break;
        // the second half of a longer letter
        if (letter > 1) at += 1;
      }
      hash = Math.imul(hash ^ unit, HASH_FACTOR);
    }
    if (at > start) sink.word(clean, start, at, hash);
    at += 1;
  }
}

/** The words of a text as they were written, in order. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  readWords(text, { word: (clean, from, to) => words.push(clean.slice(from, to)) });
  return words;
}

/**
 * What a word is compared by: its Porter stem (Porter 1980), lower case. null for words that say nothing (`the`, single
 * letters). 'Detects', 'detection' and 'Detecting' share the stem 'detect'.
 */
export function stemOf(word: string): string | null {
  const lower = word.toLowerCase();
  if (lower.length < 2 || ignored.has(lower)) return null;
  return porterStem(lower);
}
