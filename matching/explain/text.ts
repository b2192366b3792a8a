import type { Features } from '../features.ts';
import { needForms, offerForms } from '../prepare.ts';
import type { Vocabulary } from '../text/vocabulary.ts';
import { evidence, plain, type Account, type View } from './view.ts';
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

/** Added to the weight of what names something, which comes before every verb and adverb; more than any product of two weights. */
const NAMES_SOMETHING = 2 ** 50;

/** Heavier first; equals by their letters, so that no history shows. */
const comesBefore = (one: Shared, other: Shared): boolean =>
  one.weight > other.weight || (one.weight === other.weight && one.stem < other.stem);

/** The stems that count most when `other` answers `asker`, those that name something first. Written out, as it runs for every pair that is shown. */
function heaviest({ query }: Features, { answer }: Features, vocabulary: Vocabulary): Shared[] {
  const [asked, offered] = [query.stems, answer.stems];
  const top: Shared[] = [];
  let [inNeed, inOffer] = [0, 0];
  while (inNeed < asked.length && inOffer < offered.length) {
    const difference = asked[inNeed] - offered[inOffer];
    if (difference === 0) {
      const product = query.weights[inNeed] * answer.times[inOffer];
      const weight = product + (vocabulary.namesSomething(asked[inNeed]) ? NAMES_SOMETHING : 0);
      if (product > 0 && (top.length < SHOWN || weight >= top[SHOWN - 1].weight))
        insert(top, { stem: vocabulary.stem(asked[inNeed]), inNeed, inOffer, weight });
    }
    if (difference <= 0) inNeed += 1;
    if (difference >= 0) inOffer += 1;
  }
  return top;
}

function insert(top: Shared[], shared: Shared): void {
  let at = top.length;
  while (at > 0 && comesBefore(shared, top[at - 1])) at -= 1;
  if (at === SHOWN) return;
  top.splice(at, 0, shared);
  if (top.length > SHOWN) top.pop();
}

/** The same the other way round, where what each offers stands in for its need: both then share the same words. */
const turned = (found: readonly Shared[]): Shared[] =>
  found.map((shared) => ({ ...shared, inNeed: shared.inOffer, inOffer: shared.inNeed }));

/** The words of an offer that answer a need, as they were written there. */
function inOffer(found: readonly Shared[], { prepared }: Features, { model, vocabulary }: View): string[] {
  const forms = offerForms(prepared, model.taxonomy, vocabulary);
  return found.map((shared) => vocabulary.form(forms[shared.inOffer]));
}

/** The same words as the need has them. */
function inNeed(found: readonly Shared[], { prepared }: Features, { model, vocabulary }: View): string[] {
  const forms = needForms(prepared, model.taxonomy, vocabulary);
  return found.map((shared) => vocabulary.form(forms[shared.inNeed]));
}

const quoted = (words: readonly string[]): string =>
  listing(
    words.map((word) => `'${word}'`),
    4,
  );

const fieldsOf = ({ prepared }: Features): string => (prepared.standsIn ? 'solutions.offer' : 'needs.words');

const gets = (offered: readonly string[], { prepared: { standsIn } }: Features): string => {
  if (offered.length === 0) return 'Their offer has none of the words that you use.';
  return standsIn
    ? `Their offer speaks of ${quoted(offered)}, as what you work on does.`
    : `Their offer speaks of ${quoted(offered)}, as your need does.`;
};

const gives = (offered: readonly string[], { prepared: { standsIn } }: Features): string => {
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

const onWords = (words: readonly string[]): string[] =>
  words.length === 0 ? [] : [`work on ${quoted(words.slice(0, 3))}`];

/** Factor text in words. */
export function accountOfText(view: View): Account {
  const { you, they, pair } = view;
  if (!pair.known.text) {
    return plain(
      pair.known.capability
        ? 'Nothing is written on one side, so the capabilities carry this question.'
        : 'Nothing is written on one side, so this counts neither for nor against.',
    );
  }
  const { vocabulary } = view;
  const forYou = heaviest(you, they, vocabulary);
  const bothStandIn = you.prepared.standsIn && they.prepared.standsIn;
  const forThem = bothStandIn ? turned(forYou) : heaviest(they, you, vocabulary);
  const [theirs, yours] = [inOffer(forYou, they, view), inOffer(forThem, you, view)];
  return {
    sentence() {
      return sentences(gets(theirs, you), gives(yours, they), guessed(view));
    },
    evidence() {
      return [
        ...evidence(you, fieldsOf(you), inNeed(forYou, you, view)),
        ...evidence(they, 'solutions.offer', theirs),
        ...evidence(they, fieldsOf(they), inNeed(forThem, they, view)),
        ...evidence(you, 'solutions.offer', yours),
      ];
    },
    theyBring: onWords(theirs),
    youBring: onWords(yours),
  };
}
