import { decidedByTerms } from '../factors/capability.ts';
import type { Features } from '../features.ts';
import { termsBetween } from '../score.ts';
import { CLOSE_UNIT, type Taxonomy } from '../taxonomy.ts';
import { evidence, plain, type Account, type View } from './view.ts';
import { listing, percent, sentences } from './phrases.ts';

/** A needed term with the nearest term that the other side offers. */
interface Answer {
  readonly needed: number;
  readonly offered: number;
  readonly close: number;
}

/** What `asker` needs and `other` offers, the nearest first. */
function answersFor(asker: Features, other: Features, { closeness, size }: Taxonomy): Answer[] {
  const answers = Array.from(asker.prepared.needTerms, (needed) => {
    let best: Answer = { needed, offered: -1, close: 0 };
    for (const offered of other.prepared.offerTerms) {
      const close = closeness[needed * size + offered];
      if (close > best.close) best = { needed, offered, close };
    }
    return best;
  });
  return answers.filter(({ close }) => close > 0).sort((x, y) => y.close - x.close);
}

const phrases = (answers: readonly Answer[], taxonomy: Taxonomy): string[] => {
  const spoken = answers.map(({ needed, offered, close }) =>
    close === CLOSE_UNIT
      ? taxonomy.spoken(needed)
      : `${taxonomy.spoken(offered)} (close to ${taxonomy.spoken(needed)})`,
  );
  return [...new Set(spoken)];
};

const proof = (asker: Features, other: Features, answers: readonly Answer[], taxonomy: Taxonomy) => [
  ...evidence(asker, 'needs.capabilities', [...new Set(answers.map(({ needed }) => taxonomy.id(needed)))]),
  ...evidence(other, 'solutions.capabilities', [
    ...new Set(answers.map(({ offered }) => taxonomy.id(offered))),
  ]),
];

const gets = (found: readonly string[], { prepared }: Features): string => {
  if (prepared.needTerms.length === 0) return 'You name no term that you look for.';
  return found.length === 0
    ? 'They offer no term that you look for.'
    : `They offer ${listing(found)}, which you asked for.`;
};

const gives = (found: readonly string[], { prepared }: Features): string => {
  if (prepared.needTerms.length === 0) return 'They name no term that they look for.';
  return found.length === 0
    ? 'You offer no term that they look for.'
    : `You offer ${listing(found)}, which they asked for.`;
};

/** How much the terms decide: the more are named, and the better they fit, the more. */
function decided({ you, they, model }: View): string {
  const { value, told } = termsBetween(you, they, model);
  return `The terms decide ${percent(decidedByTerms(value, told))} of this, the words the rest.`;
}

/** Factor capability in words. */
export function accountOfCapability(view: View): Account {
  const {
    you,
    they,
    model: { taxonomy },
    pair,
  } = view;
  if (!pair.known.capability) {
    return plain(
      pair.known.text
        ? 'Capabilities are not declared on both sides, so the words carry this question.'
        : 'Neither capabilities nor words are declared on both sides, so this counts neither for nor against.',
    );
  }
  const forYou = answersFor(you, they, taxonomy);
  const forThem = answersFor(they, you, taxonomy);
  const [theyBring, youBring] = [phrases(forYou, taxonomy), phrases(forThem, taxonomy)];
  return {
    sentence() {
      return sentences(gets(theyBring, you), gives(youBring, they));
    },
    more() {
      return decided(view);
    },
    evidence() {
      return [...proof(you, they, forYou, taxonomy), ...proof(they, you, forThem, taxonomy)];
    },
    theyBring: theyBring.slice(0, 3),
    youBring: youBring.slice(0, 3),
  };
}
