import type { Features } from '../features.ts';
import { answered } from '../factors/text.ts';
import { ratio } from '../fixed.ts';
import type { Model } from '../model.ts';
import type { Pool } from '../pool.ts';
import { needTexts, offerForms } from '../prepare.ts';
import type { Progress } from '../steps.ts';
import { common, matchSum, weighNeed, type Weighed } from '../text/weighing.ts';
import type { Bag, Vocabulary } from '../text/vocabulary.ts';
import type { Need } from '../types.ts';
import { bestPairs, type Candidate, type FoundPair } from './best-pairs.ts';
import {
  contributions,
  coverMost,
  coverOf,
  levelAt,
  levelsIn,
  partsBrought,
  wantedOf,
  type Wanted,
} from './parts.ts';
import { answerSentence, pairSentence, wantedReadiness } from './sentences.ts';
import type { AnswersAsked, NeedAnswer, NeedAnswers, NeedPair, PairPart, PartSupply } from './types.ts';

/*
 * Which SMEs answer a need of the demand side, and which two answer it together. What is covered decides; words only decide between
 * equals, so that two that cover a need only together always come before two look-alikes that cover as much. Everybody may
 * be told why: the score is the sum of its parts.
 */

const LISTED = 25;
/** SMEs read between two pauses. */
const BLOCK = 64;
const WORDS_SHOWN = 4;

/** What answers are worked out from. */
export interface AnswersInput {
  readonly pool: Pool;
  readonly model: Model;
  readonly vocabulary: Vocabulary;
}

interface Reading {
  readonly wanted: Wanted;
  readonly bag: Bag;
  readonly query: Weighed;
}

interface Reader extends AnswersInput {
  readonly reading: Reading;
}

/** Everybody in the pool that may take part, with what each brings. */
interface Looked {
  readonly candidates: readonly Candidate[];
  readonly supply: readonly PartSupply[];
  readonly looked: number;
}

function readNeed(need: Need, { pool, model, vocabulary }: AnswersInput): Reading {
  const bag = vocabulary.readAll(needTexts({ needs: [need] }, model.taxonomy));
  return {
    wanted: wantedOf(need, model.taxonomy),
    bag,
    query: weighNeed(bag, pool.statistics),
  };
}

function* look({ pool, reading }: Reader): Generator<Progress, Looked, void> {
  const { wanted, query } = reading;
  const offered = new Array<number>(wanted.terms.length).fill(0);
  const ready = new Array<number>(wanted.terms.length).fill(0);
  const candidates: Candidate[] = [];
  let looked = 0;
  for (let place = 0; place < pool.features.length; place += 1) {
    if (place % BLOCK === 0) yield { done: place, total: pool.features.length };
    const { prepared, answer, mayTakePart } = pool.features[place];
    if (!mayTakePart) continue;
    looked += 1;
    const { profile } = prepared;
    const cover = coverOf(profile, wanted);
    for (let part = 0; part < offered.length; part += 1) {
      offered[part] += (cover.any >>> part) & 1;
      ready[part] += (cover.ready >>> part) & 1;
    }
    // Reading words is most of the work: only where they may count.
    if (wanted.terms.length > 0 && cover.any === 0) continue;
    const words = answered(matchSum(query, answer), query.length * answer.length);
    // A need without a known term can only be answered in words.
    if (cover.any !== 0 || words > 0) candidates.push({ place, profile, cover, words });
  }
  const supply = wanted.terms.map((term, part) => ({ term, offered: offered[part], ready: ready[part] }));
  return { candidates, supply, looked };
}

const bestFirst = (one: Candidate, other: Candidate): number =>
  levelsIn(other.cover) - levelsIn(one.cover) || other.words - one.words || one.place - other.place;

/** Words that need and offer share, the heaviest first, as the offer has them. */
function sharedWords(
  { query }: Reading,
  { prepared, answer }: Features,
  { model, vocabulary }: Reader,
): string[] {
  const forms = offerForms(prepared, model.taxonomy, vocabulary);
  const found: { word: string; weight: number }[] = [];
  common(query.stems, answer.stems, (inNeed, inOffer) => {
    const weight = query.weights[inNeed] * answer.times[inOffer];
    if (weight > 0) found.push({ word: vocabulary.form(forms[inOffer]), weight });
  });
  return found
    .sort((x, y) => y.weight - x.weight || (x.word < y.word ? -1 : 1))
    .slice(0, WORDS_SHOWN)
    .map(({ word }) => word);
}

function presentSme(candidate: Candidate, reader: Reader): NeedAnswer {
  const { pool, model, reading } = reader;
  const { profile, cover, words, place } = candidate;
  const parts = partsBrought(profile, reading.wanted, model.taxonomy);
  const matchedWords = sharedWords(reading, pool.features[place], reader);
  const covered = levelsIn(cover);
  return {
    sme: profile.id,
    score: ratio(covered, coverMost(reading.wanted)),
    covered,
    words,
    parts,
    matchedWords,
    sentence: answerSentence(parts, matchedWords, wantedReadiness(reading.wanted.need), model.taxonomy),
  };
}

function pairParts({ a, b }: FoundPair, { terms }: Wanted): PairPart[] {
  const levels = terms.map((_, part) => {
    const [one, other] = [levelAt(a.cover, part), levelAt(b.cover, part)];
    return one > other ? one : other;
  });
  const shares = contributions(levels);
  return terms.map((term, part) => {
    const level = levels[part];
    const by = level === 0 ? [] : [a, b].filter(({ cover }) => levelAt(cover, part) === level);
    return { term, level, contribution: shares[part], by: by.map(({ profile }) => profile.id) };
  });
}

function presentPair(pair: FoundPair, { model, reading }: Reader): NeedPair {
  const { a, b, covered, onlyTogether, words } = pair;
  const parts = pairParts(pair, reading.wanted);
  const readiness = wantedReadiness(reading.wanted.need);
  return {
    a: a.profile.id,
    b: b.profile.id,
    score: ratio(covered, coverMost(reading.wanted)),
    covered,
    onlyTogether,
    words,
    parts,
    sentence: pairSentence([a.profile, b.profile], parts, readiness, model.taxonomy),
  };
}

/**
 * The SMEs and the pairs that answer a need, exactly, among those that may take part in the call. Changes nothing.
 *
 * @throws RangeError where it wants more than 30 known terms
 */
export function* answersTo(
  need: Need,
  input: AnswersInput,
  { smes = LISTED, pairs = LISTED }: AnswersAsked = {},
): Generator<Progress, NeedAnswers, void> {
  const reader = { ...input, reading: readNeed(need, input) };
  const { candidates, supply, looked } = yield* look(reader);
  const total = input.pool.features.length;
  const most = coverMost(reader.reading.wanted);
  // Without a known term there is nothing that two could cover together.
  const work = bestPairs(most === 0 ? [] : candidates, { most, size: pairs, call: input.model.call });
  let step = work.next();
  while (step.done !== true) {
    yield { done: total, total };
    step = work.next();
  }
  return {
    smes: [...candidates]
      .sort(bestFirst)
      .slice(0, smes)
      .map((one) => presentSme(one, reader)),
    pairs: step.value.map((pair) => presentPair(pair, reader)),
    supply,
    answering: candidates.length,
    looked,
  };
}
