import type { Features } from '../features.ts';
import type { Model } from '../model.ts';
import type { PairValues } from '../score.ts';
import type { Vocabulary } from '../text/vocabulary.ts';
import type { Evidence } from '../types.ts';

/** What an explanation is made from: `you` is the SME that reads it, `they` the partner. */
export interface View {
  readonly you: Features;
  readonly they: Features;
  readonly model: Model;
  readonly vocabulary: Vocabulary;
  readonly pair: PairValues;
}

/** What is said about one factor. Lists show little of it, so that each part is put into words only when it is asked for. */
export interface Account {
  sentence(): string;
  /** What is added where the factor is explained by itself. */
  more?(): string;
  evidence(): readonly Evidence[];
  /** What each side brings by this factor, in short phrases. */
  readonly youBring?: readonly string[];
  readonly theyBring?: readonly string[];
}

/** Evidence with something in it. */
export const evidence = (of: Features, field: string, matched: readonly string[]): Evidence[] =>
  matched.length === 0 ? [] : [{ sme: of.prepared.profile.id, field, matched }];

/** What is said about a factor that has nothing to show. */
export const plain = (text: string): Account => ({
  sentence() {
    return text;
  },
  evidence() {
    return [];
  },
});
