import type { Features } from '../features.ts';
import { needText, offerText } from '../prepare.ts';
import { common } from '../text/bm25.ts';
import { stemOf, wordsOf } from '../text/words.ts';
import { evidence, type Account, type View } from './view.ts';
import { listing, sentences } from './phrases.ts';

/** Words shown per direction. */
const SHOWN = 6;

/** Numbers of the stems that count most when `other` answers `asker`, the heaviest first. */
function heaviest(asker: Features, other: Features): number[] {
  const found: { stem: number; weight: number }[] = [];
  common(asker.query.stems, other.answer.stems, (i, j) => {
    const weight = asker.query.weights[i] * other.answer.weights[j];
    if (weight > 0) found.push({ stem: asker.query.stems[i], weight });
  });
  return found.sort((x, y) => y.weight - x.weight || x.stem - y.stem).map(({ stem }) => stem);
}

/** Each stem of a text with a form in which it was written: the first in lower case, otherwise the first. */
function writtenForms(text: string): Map<string, string> {
  const forms = new Map<string, string>();
  for (const word of wordsOf(text)) {
    const stem = stemOf(word);
    if (stem === null) continue;
    const known = forms.get(stem);
    if (known === undefined || (known !== known.toLowerCase() && word === word.toLowerCase())) {
      forms.set(stem, word);
    }
  }
  return forms;
}

/** The words of one direction that match, as each side wrote them. */
interface Matched {
  readonly asked: readonly string[];
  readonly offered: readonly string[];
}

function matchedWords(asker: Features, other: Features, { model, vocabulary }: View): Matched {
  const { profile, standsIn } = asker.prepared;
  const { taxonomy } = model;
  const asks = writtenForms(standsIn ? offerText(profile, taxonomy) : needText(profile, taxonomy));
  const offers = writtenForms(offerText(other.prepared.profile, taxonomy));
  const stems = heaviest(asker, other)
    .slice(0, SHOWN)
    .map((number) => vocabulary.stem(number));
  return {
    asked: stems.map((stem) => asks.get(stem) ?? stem),
    offered: stems.map((stem) => offers.get(stem) ?? stem),
  };
}

const quoted = (words: readonly string[]): string =>
  listing(
    words.map((word) => `'${word}'`),
    4,
  );

const fieldsOf = ({ prepared }: Features): string => (prepared.standsIn ? 'solutions.offer' : 'needs.words');

const gets = ({ offered }: Matched, { prepared: { standsIn } }: Features): string => {
  if (offered.length === 0) return 'Their offer has none of the words that you use.';
  return standsIn
    ? `Their offer speaks of ${quoted(offered)}, as what you work on does.`
    : `Their offer speaks of ${quoted(offered)}, as your need does.`;
};

const gives = ({ offered }: Matched, { prepared: { standsIn } }: Features): string => {
  if (offered.length === 0) return 'Your offer has none of the words that they use.';
  return standsIn
    ? `Yours speaks of ${quoted(offered)}, as what they work on does.`
    : `Yours speaks of ${quoted(offered)}, as their need does.`;
};

/** Who posted no need, so that what it works on stands in for it. */
const guessed = ({ you, they }: View): string | undefined => {
  if (you.prepared.standsIn && they.prepared.standsIn) return 'Neither of you has posted a need.';
  if (you.prepared.standsIn) return 'You have posted no need.';
  return they.prepared.standsIn ? 'They have posted no need.' : undefined;
};

/** Factor text in words. */
export function accountOfText(view: View): Account {
  const { you, they, pair } = view;
  if (!pair.known.text) {
    const sentence = pair.known.capability
      ? 'Nothing is written on one side, so the capabilities carry this question.'
      : 'Nothing is written on one side, so this counts neither for nor against.';
    return { sentence, evidence: [] };
  }
  const forYou = matchedWords(you, they, view);
  const forThem = matchedWords(they, you, view);
  const onWords = (words: readonly string[]): string[] =>
    words.length === 0 ? [] : [`work on ${quoted(words.slice(0, 3))}`];
  return {
    sentence: sentences(gets(forYou, you), gives(forThem, they), guessed(view)),
    evidence: [
      ...evidence(you, fieldsOf(you), forYou.asked),
      ...evidence(they, 'solutions.offer', forYou.offered),
      ...evidence(they, fieldsOf(they), forThem.asked),
      ...evidence(you, 'solutions.offer', forThem.offered),
    ],
    theyBring: onWords(forYou.offered),
    youBring: onWords(forThem.offered),
  };
}
