import type { Features } from '../features.ts';
import { common } from '../text/weighing.ts';
import type { Vocabulary } from '../text/vocabulary.ts';
import { evidence, type Account, type View } from './view.ts';
import { listing, sentences } from './phrases.ts';

/** Words shown per direction. */
const SHOWN = 6;

/** A stem that both have, with its places in the need of one and the offer of the other. */
interface Shared {
  readonly stem: string;
  readonly inNeed: number;
  readonly inOffer: number;
  readonly weight: number;
}

/** The stems that count most when `other` answers `asker`, the heaviest first; equals by their letters, so that no history shows. */
function heaviest(asker: Features, other: Features, vocabulary: Vocabulary): Shared[] {
  const found: Shared[] = [];
  common(asker.query.stems, other.answer.stems, (inNeed, inOffer) => {
    const weight = asker.query.weights[inNeed] * other.answer.times[inOffer];
    if (weight > 0) found.push({ stem: vocabulary.stem(asker.query.stems[inNeed]), inNeed, inOffer, weight });
  });
  return found.sort((x, y) => y.weight - x.weight || (x.stem < y.stem ? -1 : 1)).slice(0, SHOWN);
}

/** The words of one direction that match, as each side wrote them. */
interface Matched {
  readonly asked: readonly string[];
  readonly offered: readonly string[];
}

function matchedWords(asker: Features, other: Features, vocabulary: Vocabulary): Matched {
  const found = heaviest(asker, other, vocabulary);
  const [need, offer] = [asker.prepared.need, other.prepared.offer];
  return {
    asked: found.map(({ inNeed }) => vocabulary.form(need.forms[inNeed])),
    offered: found.map(({ inOffer }) => vocabulary.form(offer.forms[inOffer])),
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
  const forYou = matchedWords(you, they, view.vocabulary);
  const forThem = matchedWords(they, you, view.vocabulary);
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
