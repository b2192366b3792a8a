import { searchName } from '../smes/search-name.ts';
import { stemOf } from '../../matching/text/words.ts';
import type { Found, TextIndex } from './text-index.ts';
import type { Reading, Vocabulary } from './vocabulary.ts';

/** What was made of the words that somebody typed. */
export interface TypedWords {
  /** null: nothing was typed that says anything, so everything fits. */
  readonly found: Found | null;
  /** Typed words that nobody uses, with the words that were searched instead. */
  readonly readAs: readonly { typed: string; as: string[] }[];
  /** True where no solution has all the words, so those are shown that have some. */
  readonly someWords: boolean;
  /** The words typed again with likelier ones in place of rare ones; null where there is nothing better. */
  readonly didYouMean: string | null;
}

/** A word is proposed instead of another that it is close to only if it is this many times as common. */
const FAR_COMMONER = 10;
/** Beyond this many results nobody needs another word. */
const FEW = 5;
/** Words of a query that are looked up; more say nothing more. */
const MOST_WORDS = 12;

const NOTHING: TypedWords = { found: null, readAs: [], someWords: false, didYouMean: null };

/** Looks up what was typed. */
export function lookUp(index: TextIndex, typed: string, slotCount: number): TypedWords {
  const words = searchName(typed)
    .split(' ')
    .filter((word) => stemOf(word) !== null)
    .slice(0, MOST_WORDS);
  if (words.length === 0) return NOTHING;
  const readings = [...new Set(words)].map((word) => index.vocabulary.read(word));
  const every = index.find(readings, 'every', slotCount);
  const someWords = every.slots.length === 0 && readings.length > 1;
  const found = someWords ? index.find(readings, 'some', slotCount) : every;
  return {
    found,
    someWords: someWords && found.slots.length > 0,
    readAs: readings.flatMap((reading) => (reading.corrected ? [readAs(index, reading)] : [])),
    didYouMean: every.slots.length < FEW ? likelier(index, readings) : null,
  };
}

function readAs(index: TextIndex, { typed, variants }: Reading): { typed: string; as: string[] } {
  return { typed, as: variants.slice(0, 3).flatMap(({ word }) => index.vocabulary.words[word] ?? []) };
}

/** Each word that some text has, but a far commoner one is close to, is replaced by that one. */
function likelier(index: TextIndex, readings: readonly Reading[]): string | null {
  const { vocabulary } = index;
  const words = readings.map((reading) => ({
    typed: reading.typed,
    better: likelierWord(vocabulary, reading),
  }));
  if (words.every(({ better }) => better === null)) return null;
  return words.map(({ typed, better }) => better ?? typed).join(' ');
}

function likelierWord(vocabulary: Vocabulary, { typed, variants, corrected }: Reading): string | null {
  if (corrected) return null;
  const holders = variants.reduce((sum, { word }) => sum + (vocabulary.holders[word] ?? 0), 0);
  const [close] = vocabulary.closeTo(typed);
  if (!close || (vocabulary.holders[close.word] ?? 0) < FAR_COMMONER * Math.max(1, holders)) return null;
  return vocabulary.words[close.word] ?? null;
}
