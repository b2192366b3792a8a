import { trusted, type Connection } from 'mongoose';
import { inputHashOf, outcomeOf, resultHashOf, type RunManifest } from '../../matching/run-log.ts';
import type { Exposure, PairingResult } from '../../matching/index.ts';
import { exposureFigures } from '../exposure/present.ts';
import { engineCallSchema, readText } from './log-file.ts';
import { sha256 } from './hash.ts';
import type { RunInputsStore } from './inputs.ts';
import { packed, unpacked } from './packed.ts';
import { runModel, runPartsModel, type RunPartsRecord, type RunRecord } from './model.ts';
import type { RunPurpose } from './schema.ts';

/** A run as it comes from the matcher. */
export interface FinishedRun {
  readonly id: string;
  readonly at: Date;
  readonly by: string;
  readonly of: RunPurpose;
  readonly tookMs: number;
  readonly weightsVersion: number | null;
  readonly result: PairingResult;
  readonly manifest: RunManifest;
  readonly exposure: Exposure;
}

/** What a run was made from, and what of its result is too large for the record. */
export interface RunParts {
  readonly manifest: RunManifest;
  readonly pairs: PairingResult['pairs'];
  readonly groups: Exposure['groups'] | null;
}

/** The stored runs. */
export interface RunStore {
  add(run: FinishedRun): Promise<RunRecord>;
  /** Null where there is no such run. */
  partsOf(id: string): Promise<RunParts | null>;
  /** The latest run before this one that was asked the same for the same call; null where there was none. */
  before(run: RunRecord): Promise<RunRecord | null>;
  noteRepetition(id: string, repeated: RunRecord['repeated']): Promise<void>;
  /** Removes runs from before this time, and the oldest beyond this number; says how many. */
  forget(before: Date, most: number): Promise<number>;
  /** Hashes of all parts that some run refers to. */
  usedParts(): Promise<Set<string>>;
}

function recordOf(run: FinishedRun, callId: string): RunRecord {
  const { result, manifest } = run;
  const { pairs, alone, ...outcome } = outcomeOf(result);
  const { aim, minScore, pinned, forbidden } = manifest.options;
  return {
    _id: run.id,
    at: run.at,
    by: run.by,
    of: run.of,
    engine: manifest.engine,
    callId,
    weights: manifest.weights,
    weightsVersion: run.weightsVersion,
    asked: { aim, minScore, pinned: pinned.length, forbidden: forbidden.length },
    smes: pairs.length * 2 + alone.length,
    pairs: pairs.length,
    outcome,
    callHash: manifest.call,
    inputHash: inputHashOf(manifest, sha256),
    resultHash: resultHashOf(result, sha256),
    tookMs: run.tookMs,
    exposure: exposureFigures(run.exposure),
    repeated: null,
  };
}

export function createRunStore(connection: Connection, inputs: RunInputsStore): RunStore {
  const runs = runModel(connection);
  const parts = runPartsModel(connection);

  const manifestFrom = ({ manifest, profiles }: Omit<RunPartsRecord, 'pairs' | 'groups'>): RunManifest => ({
    ...manifest,
    profiles: unpacked(profiles),
  });

  return {
    async add(run) {
      const { profiles, ...manifest } = run.manifest;
      await inputs.keep({ common: [manifest.taxonomy, manifest.call], profiles });
      const call = readText(engineCallSchema, (await inputs.texts([manifest.call])).get(manifest.call));
      await parts.insertMany(
        [
          {
            _id: run.id,
            manifest,
            profiles: packed(profiles),
            pairs: run.result.pairs,
            groups: run.exposure.groups,
          },
        ],
        { lean: true },
      );
      const record = recordOf(run, call.id);
      await runs.insertMany([record], { lean: true });
      return record;
    },
    async partsOf(id) {
      const found = await parts.findById(id).lean<RunPartsRecord>().exec();
      return found && { manifest: manifestFrom(found), pairs: found.pairs, groups: found.groups ?? null };
    },
    async before({ at, of = 'pairs', callId, asked, outcome }) {
      const alike = {
        at: trusted({ $lt: at }),
        of: of === 'preview' ? of : trusted({ $ne: 'preview' as const }),
        callId,
        'asked.aim': asked.aim,
        'asked.minScore': asked.minScore,
        'outcome.over': outcome.over,
      };
      return runs.findOne(alike).sort({ at: -1, _id: 1 }).lean<RunRecord>().exec();
    },
    async noteRepetition(id, repeated) {
      await runs.updateOne({ _id: id }, { $set: { repeated } }).exec();
    },
    async forget(before, most) {
      const kept = await runs
        .find({ at: trusted({ $gte: before }) }, { _id: 1 })
        .sort({ at: -1, _id: 1 })
        .limit(most)
        .lean<Pick<RunRecord, '_id'>[]>()
        .exec();
      const ids = kept.map(({ _id }) => _id);
      const { deletedCount } = await runs.deleteMany({ _id: trusted({ $nin: ids }) }).exec();
      await parts.deleteMany({ _id: trusted({ $nin: ids }) }).exec();
      return deletedCount;
    },
    async usedParts() {
      const used = new Set<string>();
      const all = parts.find({}, { pairs: 0, groups: 0 }).lean<Omit<RunPartsRecord, 'pairs' | 'groups'>>();
      for await (const one of all.cursor({ batchSize: 20 })) {
        const { taxonomy, call, profiles } = manifestFrom(one);
        for (const hash of [taxonomy, call, ...profiles]) used.add(hash);
      }
      return used;
    },
  };
}
