import stemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { RegexpTokenizer } from 'natural/lib/natural/tokenizers/regexp_tokenizer.js';
import { words as stopwords } from 'natural/lib/natural/util/stopwords.js';

/** Letters and digits of any script make a word; everything else parts words. */
const tokenizer = new RegexpTokenizer({ pattern: /[^\p{L}\p{N}]+/u });
const ignored: ReadonlySet<string> = new Set(stopwords);

/** The words of a text as they were written, in order. */
export const wordsOf = (text: string): string[] => tokenizer.tokenize(text.normalize('NFC'));

/**
 * What a word is compared by: its Porter stem (Porter 1980), lower case. null for words that say nothing (`the`, single
 * letters). 'Detects', 'detection' and 'Detecting' share the stem 'detect'.
 */
export function stemOf(word: string): string | null {
  const lower = word.toLowerCase();
  if (lower.length < 2 || ignored.has(lower)) return null;
  return stemmer.stem(lower);
}
