import { trusted, type Connection, type QueryFilter } from 'mongoose';
import { canonicalJson } from '../../matching/canonical.ts';
import type { IndexInputs } from '../../matching/run-log.ts';
import { SCALE } from '../../matching/types.ts';
import type { Viewer } from '../accounts/viewer.ts';
import { notFound } from '../http/errors.ts';
import { byTime, withinDays } from '../http/by-time.ts';
import { findPage } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { RoundsQuestion } from '../matching/event-rooms.ts';
import type { DraftedRounds } from '../matching/matcher.ts';
import { containing } from '../storage/containing.ts';
import { newId } from '../storage/ids.ts';
import { VERSION } from '../version.ts';
import { planInOwnThread } from './engine-run.ts';
import { sha256 } from './hash.ts';
import type { RunInputsStore } from './inputs.ts';
import { engineCallSchema, readText, roundsQuestionSchema } from './log-file.ts';
import { planRunModel, type PlanRunRecord } from './model.ts';
import { packed, unpacked } from './packed.ts';
import type { PlanRunsQuery, PlanRunView, Repetition } from './schema.ts';

/** What recording a plan needs: what was asked, what came of it, and for whom. */
export interface FinishedPlan {
  readonly eventId: string;
  readonly by: string;
  readonly question: RoundsQuestion;
  readonly made: DraftedRounds;
  readonly tookMs: number;
}

/** What the makers of plans need of the record. */
export interface PlanRecorder {
  /** Keeps a plan that is about to be shown, with all that is needed to repeat it; answers with the run's id. */
  record(plan: FinishedPlan): Promise<string>;
  /** The plan of this run was published. */
  published(runId: string, planVersion: number): Promise<void>;
}

/** The plans of events as the engine made them: recorded, and repeated to the byte. */
export interface PlanRuns extends PlanRecorder {
  /** A page of runs. */
  list(query: PlanRunsQuery): Promise<Page<PlanRunView>>;
  /** Plans the same rounds again from what is stored, in a thread of its own, and compares. @throws HttpProblem 404, 409 */
  repeat(viewer: Pick<Viewer, 'name'>, id: string, signal: AbortSignal): Promise<Repetition>;
  /** Removes runs from before this time, and the oldest beyond this number; says how many. */
  forget(before: Date, most: number): Promise<number>;
  /** Hashes of all parts that some run refers to. */
  usedParts(): Promise<Set<string>>;
}

export interface PlanRunsDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly inputs: RunInputsStore;
  /** An index's inputs from their hashes. @throws HttpProblem 409 where a profile was erased since */
  readonly inputsOf: (manifest: PlanRunRecord['manifest'] & { profiles: string[] }) => Promise<IndexInputs>;
}

const ORDERS = byTime<PlanRunRecord>('at', ({ at }) => at);

function filterOf({ eventId, status, published, q, ...days }: PlanRunsQuery): QueryFilter<PlanRunRecord> {
  const filters: QueryFilter<PlanRunRecord>[] = [withinDays('at', days)];
  if (eventId !== undefined) filters.push({ eventId });
  if (status !== undefined) filters.push({ 'figures.status': status });
  if (published !== undefined)
    filters.push({ planVersion: published === 'true' ? trusted({ $ne: null }) : null });
  if (q) filters.push({ by: containing(q) });
  return { $and: filters };
}

function present(run: PlanRunRecord): PlanRunView {
  const { status, total, bound, gap } = run.figures;
  return {
    id: run._id,
    at: run.at.toISOString(),
    by: run.by,
    eventId: run.eventId,
    engine: run.manifest.engine,
    callId: run.callId,
    weights: run.manifest.weights,
    seed: null,
    smes: run.smes,
    rounds: [...run.rounds],
    meetings: run.meetings.length,
    status,
    total: total / SCALE,
    bound: bound / SCALE,
    gap: gap / SCALE,
    inputHash: run.inputHash,
    resultHash: run.resultHash,
    tookMs: run.tookMs,
    planVersion: run.planVersion,
    repeated: run.repeated && { ...run.repeated, at: run.repeated.at.toISOString() },
  };
}

const meetingsOf = ({ replan }: Pick<DraftedRounds, 'replan'>): PlanRunRecord['meetings'] =>
  replan.plan.rounds.flatMap(({ round, meetings }) =>
    meetings.map(({ table, a, b }): [number, number, string, string] => [round, table, a, b]),
  );

/** What differs between a run and its repetition, one plain sentence each. */
function differences(run: PlanRunRecord, again: Pick<DraftedRounds, 'replan' | 'resultHash'>): string[] {
  if (run.resultHash === again.resultHash) return [];
  const now = new Set(meetingsOf(again).map((meeting) => canonicalJson(meeting)));
  const kept = run.meetings.filter((meeting) => now.has(canonicalJson(meeting))).length;
  const said =
    kept === run.meetings.length && kept === now.size
      ? 'The meetings are the same, but what is said of them differs.'
      : `Of ${run.meetings.length} meetings ${kept} are the same; now there are ${now.size}.`;
  return run.manifest.engine === VERSION
    ? [said]
    : [`It was done by version ${run.manifest.engine}; this is version ${VERSION}.`, said];
}

export function createPlanRuns({ connection, clock, inputs, inputsOf }: PlanRunsDeps): PlanRuns {
  const runs = planRunModel(connection);

  async function find(id: string): Promise<PlanRunRecord> {
    const found = await runs.findById(id).lean<PlanRunRecord>().exec();
    if (!found) throw notFound('run');
    return found;
  }

  return {
    async record({ eventId, by, question, made, tookMs }) {
      const { profiles, ...manifest } = made.manifest;
      await inputs.keep({ common: [manifest.taxonomy, manifest.call], profiles });
      const call = readText(engineCallSchema, (await inputs.texts([manifest.call])).get(manifest.call));
      const { status, total, bound, gap, rounds, smes } = made.replan.plan;
      const asked = canonicalJson(question);
      const record: PlanRunRecord = {
        _id: newId(),
        at: clock(),
        by,
        eventId,
        callId: call.id,
        manifest,
        profiles: packed(profiles),
        question: asked,
        smes: smes.length,
        rounds: rounds.map(({ round }) => round),
        meetings: meetingsOf(made),
        figures: { status, total, bound, gap },
        inputHash: sha256(canonicalJson({ ...made.manifest, question: sha256(asked) })),
        resultHash: made.resultHash,
        tookMs,
        planVersion: null,
        repeated: null,
      };
      await runs.insertMany([record], { lean: true });
      return record._id;
    },
    async published(runId, planVersion) {
      await runs.updateOne({ _id: runId }, { $set: { planVersion } }).exec();
    },
    async list(query) {
      const page = await findPage(runs, filterOf(query), ORDERS[query.sort], query);
      return { ...page, items: page.items.map(present) };
    },
    async repeat(viewer, id, signal) {
      const run = await find(id);
      const began = performance.now();
      const made = await inputsOf({ ...run.manifest, profiles: unpacked(run.profiles) });
      const question = readText(roundsQuestionSchema, run.question);
      const again = await planInOwnThread(made, question, { signal });
      const found = differences(run, again);
      const repeated = {
        at: clock(),
        by: viewer.name,
        same: found.length === 0,
        differences: found,
        resultHash: again.resultHash,
        tookMs: Math.round(performance.now() - began),
      };
      await runs.updateOne({ _id: id }, { $set: { repeated } }).exec();
      return { ...repeated, at: repeated.at.toISOString() };
    },
    async forget(before, most) {
      const kept = await runs
        .find({ at: trusted({ $gte: before }) }, { _id: 1 })
        .sort({ at: -1, _id: 1 })
        .limit(most)
        .lean<Pick<PlanRunRecord, '_id'>[]>()
        .exec();
      const ids = kept.map(({ _id }) => _id);
      return (await runs.deleteMany({ _id: trusted({ $nin: ids }) }).exec()).deletedCount;
    },
    async usedParts() {
      const used = new Set<string>();
      const all = runs
        .find({}, { manifest: 1, profiles: 1 })
        .lean<Pick<PlanRunRecord, 'manifest' | 'profiles'>>();
      for await (const { manifest, profiles } of all.cursor({ batchSize: 20 })) {
        for (const hash of [manifest.taxonomy, manifest.call, ...unpacked(profiles)]) used.add(hash);
      }
      return used;
    },
  };
}
