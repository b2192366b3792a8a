import { writeFileSync } from 'node:fs';
import { canonicalJson } from '../../matching/canonical.ts';
import type { PairingResult } from '../../matching/index.ts';
import { replay } from '../../matching/replay.ts';
import {
  outcomeDifferences,
  outcomeOf,
  resultHashOf,
  runLogOf,
  stoppedHolds,
  type IndexInputs,
} from '../../matching/run-log.ts';
import { sha256 } from '../../server/runs/hash.ts';
import { readRunLog } from '../../server/runs/log-file.ts';
import { VERSION } from '../../server/version.ts';
import { readingProblem, readJson } from './inputs.ts';
import { InputProblem } from './problem.ts';

/** Writes the log of a run into a file: the same bytes for the same run, wherever it was made. */
export function writeRunLog(file: string, inputs: IndexInputs, result: PairingResult): void {
  const log = runLogOf({ ...inputs, engine: VERSION }, result, sha256);
  try {
    writeFileSync(file, `${canonicalJson(log)}\n`);
  } catch (error) {
    throw readingProblem(file, error);
  }
}

/** What became of running a logged run again. */
export interface Repetition {
  /** For people. */
  readonly lines: readonly string[];
  /** The same bytes; or, where its time limit had ended the run, what it said of itself holds. */
  readonly holds: boolean;
}

/** Runs a logged run again from its file alone, and compares. @throws InputProblem */
export function repeatRun(file: string): Repetition {
  const read = readRunLog(readJson(file));
  if (!read.ok) throw new InputProblem(`'${file}': ${read.reason}`);
  const { log } = read;
  const work = replay(log.inputs);
  let step = work.next();
  while (step.done !== true) step = work.next();
  const resultHash = resultHashOf(step.value, sha256);
  const now = { outcome: outcomeOf(step.value), resultHash };
  const differences = outcomeDifferences(log, now);
  const { profiles, engine } = log.inputs;
  const lines = [
    `inputs  ${log.inputHash}  (${profiles.length} companies)`,
    `result  ${log.resultHash}  (${log.outcome.pairs.length} pairs, ${log.outcome.status})`,
    ...(engine === VERSION ? [] : [`The log is of version ${engine}, this is version ${VERSION}.`]),
    ...(differences.length === 0
      ? ['same bytes']
      : [
          `now     ${resultHash}`,
          log.outcome.stopped ? 'not to be compared:' : 'not the same:',
          ...differences,
        ]),
  ];
  return { lines, holds: log.outcome.stopped ? stoppedHolds(log, now) : differences.length === 0 };
}
