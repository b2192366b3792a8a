import type { Asked } from './assignment/asked.ts';
import { canonicalJson } from './canonical.ts';
import type { PairingResult } from './pairs.ts';
import { byId } from './pool.ts';
import { FACTORS, type Call, type Profile, type SmeId, type TaxonomyEntry, type Weights } from './types.ts';

/*
 * A run that can be repeated: everything that a set of consortia was made from, in a form of which there is exactly one, so that whoever has
 * the same inputs has the same bytes, and whoever runs the engine on them gets the same result, byte for byte. The engine uses
 * no random numbers, no clock and no fractions, so there is no seed to keep.
 */

/** Everything that an index is made from. */
export interface IndexInputs {
  readonly taxonomy: readonly TaxonomyEntry[];
  readonly call: Call;
  readonly weights: Weights;
  /** Length of each suggestion list. */
  readonly listLength: number;
  readonly profiles: readonly Profile[];
}

/** Everything that a run depends on. */
export interface RunInputs extends IndexInputs {
  /** Version of the software. */
  readonly engine: string;
  /** What was asked, in full, as it stands in the result (`asked`). */
  readonly options: Asked;
}

/** The hash of a text, such as SHA-256 in hexadecimal digits; the engine has none of its own. */
export type HashText = (text: string) => string;

/** Inputs by the hashes of their parts: profiles in the order of their ids. */
export interface RunManifest {
  readonly engine: string;
  readonly taxonomy: string;
  readonly call: string;
  readonly weights: Weights;
  readonly listLength: number;
  readonly options: Asked;
  readonly profiles: readonly string[];
}

/** What came of a run, without its proof, which comes again when the run is repeated. */
export type RunOutcome = Omit<PairingResult, 'proof' | 'floor' | 'asked'>;

/** One run with all that is needed to repeat it. */
export interface RunLog {
  readonly format: typeof RUN_LOG_FORMAT;
  readonly inputs: RunInputs;
  readonly inputHash: string;
  readonly outcome: RunOutcome;
  /** Of the whole result, its proof included. */
  readonly resultHash: string;
}

/** Name of the shape of a log; it changes when the shape does. */
export const RUN_LOG_FORMAT = 'tandem-run/2';

const sortedById = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  items.toSorted((one, other) => byId(one.id, other.id));

/** Inputs in their one order: profiles and taxonomy by id, what is a set sorted. */
export const canonicalInputs = <T extends IndexInputs>(inputs: T): T => ({
  ...inputs,
  // whoever hands a taxonomy over may know more of a term than the engine reads
  taxonomy: sortedById(inputs.taxonomy).map(({ id, label, facet, broader }) => ({
    id,
    label,
    facet,
    broader,
  })),
  call: {
    ...inputs.call,
    countries: inputs.call.countries.toSorted(byId),
    taken: inputs.call.taken.toSorted(byId),
  },
  profiles: sortedById(inputs.profiles),
});

/** A manifest without the version of the software, which the engine does not know. */
export type PartsManifest = Omit<RunManifest, 'engine'>;

/** What an index was made from, whatever is asked of it. */
export type IndexManifest = Omit<PartsManifest, 'options'>;

/** The manifest of an index. `hashOf` gives the hash of one profile and may remember it. */
export function indexManifestOf(
  inputs: IndexInputs,
  hash: HashText,
  hashOf: (profile: Profile) => string = (profile) => hash(canonicalJson(profile)),
): IndexManifest {
  const { taxonomy, call, weights, listLength, profiles } = canonicalInputs(inputs);
  return {
    taxonomy: hash(canonicalJson(taxonomy)),
    call: hash(canonicalJson(call)),
    weights,
    listLength,
    profiles: profiles.map(hashOf),
  };
}

/** The manifest of inputs. */
export const manifestOf = (
  { options, ...inputs }: Omit<RunInputs, 'engine'>,
  hash: HashText,
  hashOf?: (profile: Profile) => string,
): PartsManifest => ({ ...indexManifestOf(inputs, hash, hashOf), options });

/** The one hash of a run's inputs: that of its manifest. */
export const inputHashOf = (manifest: RunManifest, hash: HashText): string => hash(canonicalJson(manifest));

/** The one hash of a run's result, proof included. */
export const resultHashOf = (result: PairingResult, hash: HashText): string => hash(canonicalJson(result));

/** A result without its proof. */
export function outcomeOf({
  proof: _proof,
  floor: _floor,
  asked: _asked,
  ...outcome
}: PairingResult): RunOutcome {
  return outcome;
}

/** The log of a run. */
export function runLogOf(
  inputs: IndexInputs & { engine: string },
  result: PairingResult,
  hash: HashText,
): RunLog {
  const all = canonicalInputs({ ...inputs, options: result.asked });
  return {
    format: RUN_LOG_FORMAT,
    inputs: all,
    inputHash: inputHashOf({ ...manifestOf(all, hash), engine: all.engine }, hash),
    outcome: outcomeOf(result),
    resultHash: resultHashOf(result, hash),
  };
}

/**
 * Whether two logs are of one and the same run.
 *
 * @returns what differs, one plain sentence each; empty where inputs and results are the same to the byte
 */
export function sameRun(one: RunLog, other: RunLog): string[] {
  return [
    ...(one.inputHash === other.inputHash ? [] : inputDifferences(one.inputs, other.inputs)),
    ...outcomeDifferences(one, other),
  ];
}

const same = (one: unknown, other: unknown): boolean => canonicalJson(one) === canonicalJson(other);

function inputDifferences(one: RunInputs, other: RunInputs): string[] {
  const parts = [
    ['engine', `The software was ${one.engine}, then ${other.engine}.`],
    ['taxonomy', 'The taxonomy is another one.'],
    ['call', 'The rules of the call differ.'],
    ['weights', `The weights differ: ${weightChanges(one.weights, other.weights)}.`],
    ['listLength', `Lists are ${other.listLength} long instead of ${one.listLength}.`],
    ['options', 'Something else was asked.'],
  ] as const;
  const [before, after] = [canonicalInputs(one), canonicalInputs(other)];
  return [
    ...parts.flatMap(([part, sentence]) => (same(before[part], after[part]) ? [] : [sentence])),
    ...profileDifferences(one.profiles, other.profiles),
  ];
}

const weightChanges = (one: Weights, other: Weights): string =>
  FACTORS.filter((factor) => one[factor] !== other[factor])
    .map((factor) => `${factor} ${one[factor]} → ${other[factor]}`)
    .join(', ');

function profileDifferences(one: readonly Profile[], other: readonly Profile[]): string[] {
  const before = new Map(one.map((profile) => [profile.id, profile]));
  const after = new Map(other.map((profile) => [profile.id, profile]));
  const added = [...after.keys()].filter((id) => !before.has(id));
  const gone = [...before.keys()].filter((id) => !after.has(id));
  const changed = [...before].filter(([id, profile]) => after.has(id) && !same(profile, after.get(id)));
  if (added.length + gone.length + changed.length === 0) return [];
  return [`Profiles: ${added.length} added, ${gone.length} gone, ${changed.length} changed.`];
}

/** What a repetition is compared by. */
export interface RunResult {
  readonly outcome: Pick<RunOutcome, 'status' | 'stopped' | 'total' | 'bound' | 'price' | 'pairs'>;
  readonly resultHash: string;
}

/**
 * Whether what a run said when its time limit ended it is borne out by the same run taken to its end: the largest total is not below the
 * one that it had, nor above its bound.
 */
export function stoppedHolds({ outcome: was }: RunResult, { outcome: is }: RunResult): boolean {
  const largest = is.total + is.price;
  return was.total <= largest && largest <= was.bound;
}

function stoppedSentences(one: RunResult, other: RunResult): string[] {
  const [was, is] = [one.outcome, other.outcome];
  return [
    'Its time limit ended the run, so it cannot come out the same to the byte; this time it went to its end.',
    `The total was ${was.total} and at most ${was.bound} was possible; the largest total is ${is.total + is.price}: ${
      stoppedHolds(one, other) ? 'what it said holds' : 'what it said does not hold'
    }.`,
  ];
}

/**
 * What differs between two results, one plain sentence each; empty where the whole results are the same to the byte. A run that its time limit
 * ended always differs.
 */
export function outcomeDifferences(one: RunResult, other: RunResult): string[] {
  const [was, is] = [one.outcome, other.outcome];
  if (was.stopped && !is.stopped) return stoppedSentences(one, other);
  const differences: string[] = [];
  if (was.status !== is.status) differences.push(`The status was ${was.status}, now it is ${is.status}.`);
  if (was.total !== is.total) differences.push(`The total was ${was.total}, now it is ${is.total}.`);
  if (was.bound !== is.bound) differences.push(`The bound was ${was.bound}, now it is ${is.bound}.`);
  const { gained, lost } = pairChanges(was.pairs, is.pairs);
  if (gained + lost > 0) differences.push(`${gained} pairs are new, ${lost} are gone.`);
  else if (!same(was.pairs, is.pairs))
    differences.push('The pairs are the same, some of their scores differ.');
  if (differences.length > 0 || one.resultHash === other.resultHash) return differences;
  return ['The pairs are the same, but what is said of them differs.'];
}

function pairChanges(
  was: RunOutcome['pairs'],
  is: RunOutcome['pairs'],
): { readonly gained: number; readonly lost: number } {
  const key = ({ a, b }: { readonly a: SmeId; readonly b: SmeId }): string => JSON.stringify([a, b]);
  const [before, after] = [new Set(was.map(key)), new Set(is.map(key))];
  return {
    gained: [...after].filter((pair) => !before.has(pair)).length,
    lost: [...before].filter((pair) => !after.has(pair)).length,
  };
}
