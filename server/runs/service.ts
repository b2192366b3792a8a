import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { PairingResult } from '../../matching/index.ts';
import {
  outcomeDifferences,
  outcomeOf,
  resultHashOf,
  RUN_LOG_FORMAT,
  type RunInputs,
  type RunLog,
  type RunManifest,
} from '../../matching/run-log.ts';
import { FACTORS, SCALE, type Weights } from '../../matching/types.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { conflict, notFound } from '../http/errors.ts';
import { byTime, withinDays } from '../http/by-time.ts';
import { findPage } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Live } from '../live/live.ts';
import { taskProgress } from '../live/task-progress.ts';
import type { Matcher } from '../matching/matcher.ts';
import { exposureGroups, type ClusterNames } from '../exposure/present.ts';
import { stoppedProblem } from '../pairs/question.ts';
import { containing } from '../storage/containing.ts';
import { newId } from '../storage/ids.ts';
import { VERSION } from '../version.ts';
import { weightsModel, type WeightsRecord } from '../weights/model.ts';
import { runInOwnThread } from './engine-run.ts';
import { sha256 } from './hash.ts';
import { createRunInputs } from './inputs.ts';
import { runState } from './audited.ts';
import { engineCallSchema, engineProfileSchema, engineTaxonomySchema, readText } from './log-file.ts';
import { runModel, type RunRecord } from './model.ts';
import { createPlanRuns, type PlanRuns } from './plan-runs.ts';
import type { Repetition, RunDetail, RunPurpose, RunsQuery, RunView } from './schema.ts';
import { createRunStore, type RunParts } from './store.ts';

export interface RunsServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly matcher: Pick<Matcher, 'madeFrom' | 'exposure' | 'inputTexts'>;
  readonly clusterNames: ClusterNames;
  readonly live: Pick<Live, 'progress'>;
  readonly audit: Audit;
}

/** Who asked for a run. */
export type RunAuthor = Pick<Viewer, 'id' | 'name' | 'role'>;

/** What runs are called in the answers of others. */
export interface RunRecorder {
  /** Keeps a set of pairs that is about to be shown, with all that is needed to repeat it; answers with the run's id. */
  record(run: { result: PairingResult; by: RunAuthor; tookMs: number; of?: RunPurpose }): Promise<string>;
}

/** The runs for the best set of pairs: recorded, and repeated to the byte. */
export interface RunsService extends RunRecorder {
  /** The same for the plans of events. */
  readonly plans: PlanRuns;
  /** A page of runs. */
  list(query: RunsQuery): Promise<Page<RunView>>;
  /** @throws HttpProblem 404 */
  get(id: string): Promise<RunDetail>;
  /** Runs it again from what is stored, in a thread of its own, and compares. @throws HttpProblem 404, 409, 503 */
  repeat(viewer: Viewer, id: string, signal: AbortSignal): Promise<Repetition>;
  /** The run with everything that it depends on. @throws HttpProblem 404, 409 */
  log(id: string): Promise<RunLog>;
  /** Erases every profile of an SME from what runs were made from. */
  erase(smeId: string): Promise<void>;
  /** Removes runs that are too old and inputs that no run needs; says how many of each. */
  forgetOld(): Promise<{ runs: number; inputs: number }>;
}

/** Runs are kept for so long, and so many of them at most. */
const KEPT_DAYS = 90;
const KEPT_MOST = 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

const ORDERS = byTime<RunRecord>('at', ({ at }) => at);

function filterOf({ of, callId, status, q, ...days }: RunsQuery): QueryFilter<RunRecord> {
  const filters: QueryFilter<RunRecord>[] = [withinDays('at', days)];
  // Runs from before previews were kept say nothing: they are of the pairs as they stood.
  if (of === 'preview') filters.push({ of });
  if (of === 'pairs') filters.push({ of: trusted({ $ne: 'preview' as const }) });
  if (callId !== undefined) filters.push({ callId });
  if (status !== undefined) filters.push({ 'outcome.status': status });
  if (q) filters.push({ by: containing(q) });
  return { $and: filters };
}

const presentRepetition = (repeated: RunRecord['repeated']): Repetition | null =>
  repeated && { ...repeated, at: repeated.at.toISOString() };

function present(run: RunRecord): RunView {
  const { status, stopped = false, gap, total, bound, price, over } = run.outcome;
  return {
    id: run._id,
    at: run.at.toISOString(),
    of: run.of ?? 'pairs',
    by: run.by,
    engine: run.engine,
    callId: run.callId,
    callHash: run.callHash,
    weights: run.weights,
    weightsVersion: run.weightsVersion,
    aim: run.asked.aim,
    over,
    minScore: run.asked.minScore / SCALE,
    pinned: run.asked.pinned,
    forbidden: run.asked.forbidden,
    seed: null,
    smes: run.smes,
    pairs: run.pairs,
    alone: run.smes - 2 * run.pairs,
    status,
    stopped,
    gap: gap / SCALE,
    total: total / SCALE,
    bound: bound / SCALE,
    price: price / SCALE,
    inputHash: run.inputHash,
    resultHash: run.resultHash,
    tookMs: run.tookMs,
    exposure: run.exposure ?? null,
    repeated: presentRepetition(run.repeated),
  };
}

const whole = ({ stopped = false, ...rest }: RunRecord['outcome']) => ({ ...rest, stopped });

const erasedProblem = (count: number): Error =>
  conflict(
    'inputs-erased',
    `This run cannot be repeated: ${count === 1 ? '1 profile was' : `${count} profiles were`} erased since.`,
  );

export function createRunsService(deps: RunsServiceDeps): RunsService {
  const { connection, clock, matcher, live, clusterNames } = deps;
  const runs = runModel(connection);
  const versions = weightsModel(connection);
  const inputs = createRunInputs(connection, { matcher, clock });
  const store = createRunStore(connection, inputs);
  let repeating = false;

  async function find(id: string): Promise<RunRecord> {
    const found = await runs.findById(id).lean<RunRecord>().exec();
    if (!found) throw notFound('run');
    return found;
  }

  async function partsOf(id: string): Promise<RunParts> {
    const parts = await store.partsOf(id);
    if (!parts) throw notFound('run');
    return parts;
  }

  async function versionWith(weights: Weights): Promise<number | null> {
    const values = Object.fromEntries(FACTORS.map((factor) => [`values.${factor}`, weights[factor]]));
    const found = await versions.findOne(values).sort({ version: -1 }).lean<WeightsRecord>().exec();
    return found?.version ?? null;
  }

  async function inputsOf<M extends Omit<RunManifest, 'options'>>({
    profiles,
    taxonomy,
    call,
    ...rest
  }: M): Promise<
    Omit<M, 'profiles' | 'taxonomy' | 'call'> & Pick<RunInputs, 'profiles' | 'taxonomy' | 'call'>
  > {
    const texts = await inputs.texts([taxonomy, call, ...profiles]);
    const erased = profiles.filter((hash) => !texts.has(hash)).length;
    if (erased > 0) throw erasedProblem(erased);
    return {
      ...rest,
      taxonomy: readText(engineTaxonomySchema, texts.get(taxonomy)),
      call: readText(engineCallSchema, texts.get(call)),
      profiles: profiles.map((hash) => readText(engineProfileSchema, texts.get(hash))),
    };
  }

  const plans = createPlanRuns({ connection, clock, inputs, inputsOf });

  /** What differs when a run is done again. */
  async function compare(
    run: RunRecord,
    options: { signal: AbortSignal; onProgress: (done: number, total: number) => void },
  ): Promise<Pick<Repetition, 'same' | 'differences' | 'resultHash'>> {
    const { manifest, pairs } = await partsOf(run._id);
    const made = await inputsOf(manifest);
    try {
      const result = await runInOwnThread(made, options);
      const resultHash = resultHashOf(result, sha256);
      const differences = outcomeDifferences(
        { outcome: { ...whole(run.outcome), pairs }, resultHash: run.resultHash },
        { outcome: outcomeOf(result), resultHash },
      );
      if (differences.length > 0 && run.engine !== VERSION) {
        differences.unshift(`It was done by version ${run.engine}; this is version ${VERSION}.`);
      }
      return { same: differences.length === 0, differences, resultHash };
    } catch (error) {
      throw stoppedProblem(error);
    }
  }

  async function repeatOnce(viewer: Viewer, run: RunRecord, signal: AbortSignal): Promise<Repetition> {
    const began = performance.now();
    const { onProgress, end } = taskProgress(live, viewer.id, {
      task: `run:${run._id}`,
      label: 'Running it again',
    });
    const outcome = await compare(run, { signal, onProgress }).finally(end);
    const tookMs = Math.round(performance.now() - began);
    const repeated = { ...outcome, at: clock(), by: viewer.name, tookMs };
    await store.noteRepetition(run._id, repeated);
    return { ...repeated, at: repeated.at.toISOString() };
  }

  return {
    plans,

    async record({ result, by, tookMs, of = 'pairs' }) {
      const manifest = matcher.madeFrom(result);
      const exposure = matcher.exposure(result);
      const weightsVersion = await versionWith(manifest.weights);
      const id = newId();
      const run = { id, at: clock(), by: by.name, of, tookMs, weightsVersion, result, manifest, exposure };
      const record = await store.add(run);
      await deps.audit.record({
        actor: by,
        action: 'run.make',
        thing: { kind: 'run', id },
        before: null,
        after: runState(record),
      });
      return id;
    },

    async list(query) {
      const page = await findPage(runs, filterOf(query), ORDERS[query.sort], query);
      return { ...page, items: page.items.map(present) };
    },

    async get(id) {
      const [run, { manifest, groups }] = await Promise.all([find(id), partsOf(id)]);
      const before = await store.before(run);
      return {
        ...present(run),
        groups: groups && (await exposureGroups(groups, clusterNames)),
        before: before && {
          id: before._id,
          at: before.at.toISOString(),
          exposure: before.exposure ?? null,
        },
        erased: await inputs.countGone(manifest.profiles),
      };
    },

    async repeat(viewer, id, signal) {
      const run = await find(id);
      if (repeating) {
        throw conflict('repetition-running', 'Another run is being repeated; try again when it is done.');
      }
      repeating = true;
      try {
        return await repeatOnce(viewer, run, signal);
      } finally {
        repeating = false;
      }
    },

    async log(id) {
      const [run, { manifest, pairs }] = await Promise.all([find(id), partsOf(id)]);
      const made = await inputsOf(manifest);
      const paired = new Set(pairs.flatMap(({ a, b }) => [a, b]));
      const alone = made.profiles.map((profile) => profile.id).filter((sme) => !paired.has(sme));
      return {
        format: RUN_LOG_FORMAT,
        inputs: made,
        inputHash: run.inputHash,
        outcome: { ...whole(run.outcome), pairs, alone },
        resultHash: run.resultHash,
      };
    },

    erase: (smeId) => inputs.erase(smeId),

    async forgetOld() {
      const now = clock().getTime();
      const oldest = new Date(now - KEPT_DAYS * DAY_MS);
      const forgotten = (await store.forget(oldest, KEPT_MOST)) + (await plans.forget(oldest, KEPT_MOST));
      const used = new Set([...(await store.usedParts()), ...(await plans.usedParts())]);
      return { runs: forgotten, inputs: await inputs.keepOnly(used, new Date(now - DAY_MS)) };
    },
  };
}
