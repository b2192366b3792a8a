import { similarity } from 'ml-distance';
import { wordsOf } from '../../matching/text/words.ts';
import type { Company } from './records.ts';
import type { Asked, Question } from './questions.ts';

/*
 * What Tandem is compared with. Each ranks all companies for a question; who may not be asked is left out afterwards. Words are compared
 * as they stand, without stems: these are the plain methods that anybody would try first.
 */

/** Scores all companies for a question, by position. */
export type Ranker = (question: Question) => readonly number[];

const shared = (one: readonly string[], other: readonly string[]): number =>
  one.filter((item) => other.includes(item)).length;

/** Common part over union, of two lists without repeats (Jaccard); 0 where both are empty. */
export function jaccard(one: readonly string[], other: readonly string[]): number {
  const common = shared(one, other);
  const all = one.length + other.length - common;
  return all === 0 ? 0 : common / all;
}

const termCounts = (text: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const word of wordsOf(text.toLowerCase())) {
    if (word.length > 1) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
};

/** Words of a set of texts: how many texts have each. */
interface Corpus {
  readonly texts: readonly ReadonlyMap<string, number>[];
  readonly frequency: ReadonlyMap<string, number>;
}

function corpusOf(companies: readonly Company[]): Corpus {
  const texts = companies.map(({ text }) => termCounts(text));
  const frequency = new Map<string, number>();
  for (const text of texts) {
    for (const word of text.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  return { texts, frequency };
}

const K1 = 1.5;
const B = 0.75;

/**
 * BM25 (Robertson and Zaragoza 2009), one way: what is asked against each company's text. A word that the question repeats counts
 * 1 + ln(times), which is between the two customary choices and nearest to the published figures of this baseline.
 */
export function bm25Ranker(companies: readonly Company[]): Ranker {
  const { texts, frequency } = corpusOf(companies);
  const lengths = texts.map((text) => [...text.values()].reduce((sum, count) => sum + count, 0));
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const informationOf = (word: string): number => {
    const having = frequency.get(word) ?? 0;
    return Math.log(1 + (texts.length - having + 0.5) / (having + 0.5));
  };
  return ({ asked }) => {
    const query = [...termCounts(asked.text)].map(([word, count]) => ({
      word,
      weight: (1 + Math.log(count)) * informationOf(word),
    }));
    return texts.map((text, i) => {
      const room = K1 * (1 - B + (B * (lengths[i] ?? 0)) / meanLength);
      return query.reduce((sum, { word, weight }) => {
        const count = text.get(word) ?? 0;
        return count === 0 ? sum : sum + (weight * count * (K1 + 1)) / (count + room);
      }, 0);
    });
  };
}

/** Cosine of word vectors weighted by count x ln(texts / texts with the word) (Salton and Buckley 1988). */
export function tfidfRanker(companies: readonly Company[]): Ranker {
  const { texts, frequency } = corpusOf(companies);
  const places = new Map([...frequency.keys()].map((word, i) => [word, i]));
  const vectorOf = (text: ReadonlyMap<string, number>): number[] => {
    const vector = new Array<number>(places.size).fill(0);
    for (const [word, count] of text) {
      const place = places.get(word);
      if (place === undefined) continue;
      vector[place] = count * Math.log(texts.length / (frequency.get(word) ?? 1));
    }
    return vector;
  };
  const vectors = texts.map(vectorOf);
  const isEmpty = vectors.map((vector) => vector.every((weight) => weight === 0));
  const read = new Map<Asked, readonly number[]>();
  return ({ asked }) => {
    const known = read.get(asked);
    if (known) return known;
    const query = vectorOf(termCounts(asked.text));
    const asksNothing = query.every((weight) => weight === 0);
    const scores = vectors.map((vector, i) =>
      asksNothing || isEmpty[i] ? 0 : similarity.cosine(query, vector),
    );
    read.set(asked, scores);
    return scores;
  };
}

/** Scores in standard deviations from their mean, so that they can be added up; all 0 where they are the same. */
export function standardised(scores: readonly number[]): number[] {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  return scores.map((score) => (variance === 0 ? 0 : (score - mean) / Math.sqrt(variance)));
}

/** The sum of several rankers, each in standard deviations. */
export const blend =
  (...rankers: readonly Ranker[]): Ranker =>
  (question) => {
    const parts = rankers.map((ranker) => standardised(ranker(question)));
    return (parts[0] ?? []).map((_, i) => parts.reduce((sum, part) => sum + (part[i] ?? 0), 0));
  };

/** How many projects each had so far. */
export const popularityRanker =
  (companies: readonly Company[]): Ranker =>
  () =>
    companies.map(({ projects }) => projects);

/** Of the domains that a need names the share that a company has; between two profiles Jaccard. */
export const domainRanker =
  (companies: readonly Company[]): Ranker =>
  ({ asked, posted }) =>
    companies.map(({ domains }) =>
      posted
        ? shared(asked.domains, domains) / Math.max(1, asked.domains.length)
        : jaccard(asked.domains, domains),
    );

export const tagRanker =
  (companies: readonly Company[]): Ranker =>
  ({ asked }) =>
    companies.map(({ tags }) => jaccard(asked.tags, tags));
