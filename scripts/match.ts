import { MatchingIndex, type PairingResult } from '../matching/index.ts';
import { finish } from '../matching/steps.ts';
import { createTaxonomyService, type TaxonomyService } from '../server/taxonomy/service.ts';
import { HELP, readArguments, type Ask } from './match/arguments.ts';
import { readCompanyFile } from './match/companies.ts';
import { readCall, readNeed, readWeights } from './match/inputs.ts';
import { explanationLines, listLine, needLines, pairLines } from './match/print.ts';
import { InputProblem } from './match/problem.ts';
import { repeatRun, writeRunLog } from './match/run-files.ts';

const DEFAULT_TOP = 10;

/** An index over the companies of a file, up to date, with the names for people. */
interface Filled {
  readonly index: MatchingIndex;
  readonly names: ReadonlyMap<string, string>;
  readonly taxonomy: TaxonomyService;
}

async function fill({ file, task, top, weightsFile, callFile }: Ask): Promise<Filled> {
  const taxonomy = createTaxonomyService();
  const weights = readWeights(weightsFile);
  const call = readCall(callFile, taxonomy);
  const { profiles, refused } = await readCompanyFile(file, taxonomy);
  for (const reason of refused) process.stderr.write(`refused: ${reason}\n`);
  if (top !== null && top >= profiles.length) {
    const allowed = profiles.length > 1 ? `allowed is 1 to ${profiles.length - 1}` : 'nobody has a partner';
    throw new InputProblem(`--top is ${top}, the pool has ${profiles.length} companies: ${allowed}`);
  }
  const names = new Map(profiles.map(({ id, name }) => [id, name]));
  const unknown = task.kind === 'explain' ? [task.a, task.b].find((id) => !names.has(id)) : undefined;
  if (unknown !== undefined) throw new InputProblem(`the file has no company with the id '${unknown}'`);
  const index = new MatchingIndex({
    taxonomy: taxonomy.terms,
    call,
    weights,
    listLength: top ?? DEFAULT_TOP,
  });
  index.upsert(profiles);
  const work = index.refresh();
  while (work.next().done !== true);
  return { index, names, taxonomy };
}

function checked(index: MatchingIndex, result: PairingResult): PairingResult {
  const faults = index.verify(result);
  if (faults.length > 0) throw new Error(`The set of consortia does not hold: ${faults.join('; ')}`);
  return result;
}

function* answer({ index, names, taxonomy }: Filled, { task, top }: Ask): Generator<string> {
  if (task.kind === 'pairs') {
    const result = checked(index, index.pairs());
    if (task.logFile !== null) writeRunLog(task.logFile, index.inputs(), result);
    yield* pairLines(result);
  } else if (task.kind === 'need') {
    const most = top ?? DEFAULT_TOP;
    const need = readNeed(task.needFile, taxonomy);
    yield* needLines(finish(index.needAnswers(need, { smes: most, pairs: most })));
  } else if (task.kind === 'explain') {
    yield* explanationLines(index.explain(task.a, task.b), { names, taxonomy });
  } else {
    for (const list of index.lists()) yield listLine(list);
  }
}

async function main(): Promise<void> {
  const ask = readArguments(process.argv.slice(2));
  if (ask === null) {
    process.stdout.write(HELP);
  } else if ('replay' in ask) {
    const { lines, holds } = repeatRun(ask.replay);
    for (const line of lines) process.stdout.write(`${line}\n`);
    if (!holds) process.exitCode = 1;
  } else {
    const filled = await fill(ask);
    for (const line of answer(filled, ask)) process.stdout.write(`${line}\n`);
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof InputProblem)) throw error;
  process.stderr.write(`match: ${error.message}\n`);
  process.exitCode = 2;
}
