import { briefPair, wordsOf, type Background, type PairWords } from './explain.ts';
import type { Features } from './features.ts';
import type { Model } from './model.ts';
import { PairMap } from './pair-map.ts';
import { pairValues, type PairValues } from './score.ts';
import { FACTORS, type Brief, type Factor } from './types.ts';

/** Pairs of which is kept what is known: some 45 MB. The lists of a thousand SMEs under two sets of weights, and those of an event, are 25,000. */
const MOST = 40_000;

interface Known {
  readonly you: Features;
  readonly they: Features;
  readonly model: Model;
  readonly values: PairValues;
  /** What was said to `you` so far. */
  words: PairWords | null;
}

/**
 * What holds of pairs under all weights: how well they do on each factor, and what is said of that. It is worked out once, for the lists and for
 * what these show, and again where one of the two or the rules of the call became others.
 */
export class KnownPairs {
  readonly #known = new PairMap<Known>(MOST);

  /** The same whichever way round. */
  values(you: Features, they: Features, model: Model): PairValues {
    return this.#of(you, they, model).values;
  }

  /** What a list shows to `you` of a pair that may be proposed. */
  brief(you: Features, they: Features, background: Background): Brief {
    const known = this.#of(you, they, background.model);
    return briefPair(known, background.model, (factors) => wordsFor(known, background, factors));
  }

  #of(you: Features, they: Features, model: Model): Known {
    const standing = this.#standing(you, they, model);
    if (standing) return standing;
    const values = this.#standing(they, you, model)?.values ?? pairValues(you, they, model);
    const known = { you, they, model, values, words: null };
    this.#known.set(you.prepared.profile.id, they.prepared.profile.id, known);
    return known;
  }

  #standing(you: Features, they: Features, model: Model): Known | null {
    const known = this.#known.get(you.prepared.profile.id, they.prepared.profile.id);
    // The challenges are the same object as long as the rules of the call are the same, but for who is taken.
    return known?.you === you && known.they === they && known.model.challenges === model.challenges
      ? known
      : null;
  }
}

/** Words with the sentences of these factors. The strongest of a pair are seldom others, so that what is kept is what was said, not all that was read. */
function wordsFor(known: Known, background: Background, factors: readonly Factor[]): PairWords {
  const said = known.words?.sentences ?? {};
  if (known.words && factors.every((factor) => said[factor] !== undefined)) return known.words;
  const { you, they, values } = known;
  const asked = FACTORS.filter((factor) => factors.includes(factor) || said[factor] !== undefined);
  known.words = wordsOf({ ...background, you, they, pair: values }, asked);
  return known.words;
}
