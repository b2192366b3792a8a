import { briefPair, wordsOf } from '../../matching/explain.ts';
import type { Features } from '../../matching/features.ts';
import { MatchingIndex } from '../../matching/index.ts';
import { pairValues } from '../../matching/score.ts';
import type { Brief, SmeId, Weights } from '../../matching/types.ts';
import { buildModel } from '../../matching/model.ts';
import { finish } from '../../matching/steps.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { syntheticPool } from './pool.ts';
import { median, type BenchResult, type BenchRow } from './result.ts';
import { readAll, type SuggestionsOptions } from './suggestions.ts';

type SourceOptions = Pick<SuggestionsOptions, 'companies' | 'taxonomy' | 'call' | 'sizes'>;

const LENGTH = 10;
/** Changes from one set of weights to the other and back, after the first time with each. */
const CHANGES = 6;
const ONE: Weights = { ...DEFAULT_WEIGHTS, reach: 40 };
const OTHER: Weights = { ...DEFAULT_WEIGHTS, reach: 100 };

/** Puts into words what the lists show of all their pairs. */
function shown(index: MatchingIndex): { briefs: readonly Brief[]; seconds: number } {
  const lists = [...index.lists()];
  const began = performance.now();
  const briefs = lists.flatMap(({ sme, suggestions }) =>
    suggestions.flatMap(({ partner }) => index.brief(sme, partner) ?? []),
  );
  return { briefs, seconds: (performance.now() - began) / 1000 };
}

/** Says the same of one pair after the other, keeping nothing. */
function plainly({ companies, taxonomy, call }: SourceOptions, size: number) {
  const profiles = [...syntheticPool({ companies, taxonomy }, size)];
  const { pool, model, vocabulary } = readAll(profiles, { taxonomy, call });
  const byId = new Map<SmeId, Features>(pool.features.map((one) => [one.prepared.profile.id, one]));
  return (weights: Weights, asked: readonly Brief[]): { briefs: readonly Brief[]; seconds: number } => {
    const under = { ...buildModel(model.taxonomy, call, weights), challenges: model.challenges };
    const began = performance.now();
    const briefs = asked.flatMap(({ a, b }) => {
      const [you, they] = [byId.get(a), byId.get(b)];
      if (!you || !they) return [];
      const values = pairValues(you, they, under);
      const view = { you, they, pair: values, model: under, vocabulary };
      return briefPair({ you, they, values }, under, (factors) => wordsOf(view, factors));
    });
    return { briefs, seconds: (performance.now() - began) / 1000 };
  };
}

/**
 * What lists show of their pairs under new weights: of pairs that are shown for the first time, and of pairs that were shown before; beside
 * the same words with nothing kept.
 */
export function benchWords(options: SourceOptions): BenchResult {
  const rows = (options.sizes ?? [1_000]).flatMap((size): BenchRow[] => {
    const { companies, taxonomy, call } = options;
    const index = new MatchingIndex({ taxonomy, call, weights: ONE, listLength: LENGTH });
    index.upsert([...syntheticPool({ companies, taxonomy }, size)]);
    const peer = plainly(options, size);
    const under = (weights: Weights) => {
      index.setWeights(weights);
      finish(index.refresh());
      const ours = shown(index);
      const theirs = peer(weights, ours.briefs);
      const sameResult = JSON.stringify(ours.briefs) === JSON.stringify(theirs.briefs);
      return { briefs: ours.briefs, ours: ours.seconds, theirs: theirs.seconds, sameResult };
    };
    // The first of all is slower, as its code is not compiled yet.
    const before = new Set(under(ONE).briefs.map(({ a, b }) => `${a} ${b}`));
    const first = under(OTHER);
    const fresh = first.briefs.filter(({ a, b }) => !before.has(`${a} ${b}`)).length;
    const later = Array.from({ length: CHANGES }, (_, change) => under(change % 2 === 0 ? ONE : OTHER));
    return [
      {
        what: `${first.briefs.length} pairs of ${size} SMEs, ${fresh} of them shown for the first time`,
        oursSeconds: first.ours,
        peerSeconds: first.theirs,
        peerIs: 'measured',
        sameResult: first.sameResult,
      },
      {
        what: `${first.briefs.length} pairs of ${size} SMEs, shown before under other weights, median of ${CHANGES}`,
        oursSeconds: median(later.map(({ ours }) => ours)),
        peerSeconds: median(later.map(({ theirs }) => theirs)),
        peerIs: 'measured',
        sameResult: later.every(({ sameResult }) => sameResult),
      },
    ];
  });
  return { name: 'words', peer: 'the same words of one pair after the other, nothing kept', rows, notes: [] };
}
