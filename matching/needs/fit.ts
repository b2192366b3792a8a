import { ratio } from '../fixed.ts';
import { buildTaxonomy, type Taxonomy } from '../taxonomy.ts';
import type { Need, Profile, TaxonomyEntry } from '../types.ts';
import { coverMost, coverOf, levelsIn, partsBrought, wantedOf, type Wanted } from './parts.ts';
import { answerSentence, wantedReadiness } from './sentences.ts';
import type { PartBrought } from './types.ts';

/** How far one SME answers one need. */
export interface NeedFit {
  /** Covered over what could be covered, integer in [0, SCALE]. */
  readonly score: number;
  readonly parts: readonly PartBrought[];
  readonly sentence: string;
}

/** Reads needs against a taxonomy, without an index: what one SME sees of many needs. */
export interface NeedReader {
  /** @throws RangeError where it wants more than 30 known terms */
  readonly wanted: (need: Need) => Wanted;
  /** Sum of the levels that the SME covers; 0: it does not answer the need. */
  readonly covered: (profile: Pick<Profile, 'solutions'>, wanted: Wanted) => number;
  readonly taxonomy: Taxonomy;
}

/** Makes a reader; build it once, as the taxonomy is a table of all pairs of terms. */
export function needReader(entries: readonly TaxonomyEntry[]): NeedReader {
  const taxonomy = buildTaxonomy(entries);
  return {
    taxonomy,
    wanted: (need) => wantedOf(need, taxonomy),
    covered: (profile, wanted) => levelsIn(coverOf(profile, wanted)),
  };
}

/** Why one SME fits one need, part by part; the same parts as in the answers of the index. */
export function needFit(profile: Profile, wanted: Wanted, { taxonomy, covered }: NeedReader): NeedFit {
  const parts = partsBrought(profile, wanted, taxonomy);
  return {
    score: ratio(covered(profile, wanted), coverMost(wanted)),
    parts,
    sentence: answerSentence(parts, [], wantedReadiness(wanted.need), taxonomy),
  };
}
