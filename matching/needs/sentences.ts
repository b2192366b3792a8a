import { inSentence, listing, sentences } from '../explain/phrases.ts';
import type { Taxonomy } from '../taxonomy.ts';
import type { SmeId, TermId, Trl } from '../types.ts';
import type { PairPart, PartBrought } from './types.ts';

/** Parts named in one sentence at most. */
const NAMED = 4;

/** The wanted readiness in words; undefined where any will do. */
export function wantedReadiness(need: {
  readonly trlMin: Trl | null;
  readonly trlMax: Trl | null;
}): string | undefined {
  const { trlMin, trlMax } = need;
  if (trlMin === null && trlMax === null) return undefined;
  if (trlMax === null || trlMax === 9) return `TRL ${trlMin ?? 1} or above`;
  return trlMin === null || trlMin === 1 ? `TRL ${trlMax} or below` : `TRL ${trlMin} to ${trlMax}`;
}

const labelsOf = (terms: readonly TermId[], taxonomy: Taxonomy): string =>
  listing(
    terms.map((term) => inSentence(taxonomy.label(term))),
    NAMED,
  );

const termsAt = (parts: readonly { term: TermId; level: number }[], level: number): TermId[] =>
  parts.filter((part) => part.level === level).map(({ term }) => term);

/** What is not, or not well enough, covered. */
function missing(
  parts: readonly { term: TermId; level: number }[],
  readiness: string | undefined,
  taxonomy: Taxonomy,
): string | undefined {
  const [nothing, unready] = [termsAt(parts, 0), termsAt(parts, 1)];
  return sentences(
    unready.length === 0
      ? undefined
      : `Not shown at ${readiness ?? 'the wanted readiness'}: ${labelsOf(unready, taxonomy)}.`,
    nothing.length === 0 ? undefined : `Uncovered: ${labelsOf(nothing, taxonomy)}.`,
  );
}

/** Why one SME answers a need. */
export function answerSentence(
  parts: readonly PartBrought[],
  words: readonly string[],
  readiness: string | undefined,
  taxonomy: Taxonomy,
): string {
  const full = termsAt(parts, 2);
  const speaks = listing(
    words.map((word) => `'${word}'`),
    NAMED,
  );
  return sentences(
    parts.length === 0 ? undefined : `Covers ${full.length} of ${parts.length} wanted parts.`,
    full.length === 0 ? undefined : `Brings ${labelsOf(full, taxonomy)}.`,
    missing(parts, readiness, taxonomy),
    words.length === 0 ? undefined : `Speaks of ${speaks}, as the need does.`,
  );
}

/** Why two SMEs answer a need together. */
export function pairSentence(
  sides: readonly { readonly id: SmeId; readonly name: string }[],
  parts: readonly PairPart[],
  readiness: string | undefined,
  taxonomy: Taxonomy,
): string {
  const full = parts.filter(({ level }) => level === 2);
  const alone = sides.map(({ id, name }) => {
    const own = full.filter(({ by }) => by.length === 1 && by[0] === id).map(({ term }) => term);
    return own.length === 0 ? undefined : `Only ${name} brings ${labelsOf(own, taxonomy)}.`;
  });
  const both = full.filter(({ by }) => by.length === 2).map(({ term }) => term);
  return sentences(
    `Together they cover ${full.length} of ${parts.length} wanted parts.`,
    ...alone,
    both.length === 0 ? undefined : `Both bring ${labelsOf(both, taxonomy)}.`,
    missing(parts, readiness, taxonomy),
  );
}
