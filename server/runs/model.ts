import { Schema, type Connection, type Model } from 'mongoose';
import type { Exposure, PairingResult } from '../../matching/index.ts';
import type { IndexManifest, RunManifest, RunOutcome } from '../../matching/run-log.ts';
import type { Weights } from '../../matching/types.ts';
import type { ExposureFigures } from '../exposure/schema.ts';
import type { Repetition, RunPurpose } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** One run, as lists show it; what makes it large is in `RunPartsRecord`. */
export interface RunRecord {
  _id: string;
  at: Date;
  by: string;
  /** Absent in runs from before previews were kept. */
  of?: RunPurpose;
  engine: string;
  callId: string;
  weights: Weights;
  weightsVersion: number | null;
  asked: { aim: RunManifest['options']['aim']; minScore: number; pinned: number; forbidden: number };
  smes: number;
  pairs: number;
  /** `stopped` is absent in runs from before there was a time limit. */
  outcome: Omit<RunOutcome, 'pairs' | 'alone' | 'stopped'> & { stopped?: boolean };
  callHash: string;
  inputHash: string;
  resultHash: string;
  tookMs: number;
  /** Who was seen, in a few figures; absent in runs from before these were kept. */
  exposure?: ExposureFigures | null;
  repeated: (Omit<Repetition, 'at'> & { at: Date }) | null;
}

/** What a run was made from, by hashes, and its pairs; `_id` is that of the run. */
export interface RunPartsRecord {
  _id: string;
  manifest: Omit<RunManifest, 'profiles'>;
  /** Hashes of the profiles by the order of their ids, 32 bytes each, in base64. */
  profiles: string;
  pairs: PairingResult['pairs'];
  /** Who was seen and paired, by group: counts, which stay when an SME is erased. Absent as above. */
  groups?: Exposure['groups'] | null;
}

/** One plan of the rounds of an event as the engine made it, with what it was made from by hashes. */
export interface PlanRunRecord {
  _id: string;
  at: Date;
  by: string;
  eventId: string;
  callId: string;
  manifest: Omit<IndexManifest, 'profiles'> & { readonly engine: string };
  /** As in `RunPartsRecord`. */
  profiles: string;
  /** What was asked, as canonical JSON. */
  question: string;
  smes: number;
  rounds: number[];
  /** Round, table and the two SMEs of each meeting. */
  meetings: [number, number, string, string][];
  figures: { status: 'optimal' | 'feasible'; total: number; bound: number; gap: number };
  inputHash: string;
  resultHash: string;
  tookMs: number;
  planVersion: number | null;
  repeated: RunRecord['repeated'];
}

/** A part of the inputs of some runs, kept once; `_id` is its hash. */
export interface RunInputRecord {
  _id: string;
  /** The SME whose profile it is; null for a taxonomy or a call. */
  smeId: string | null;
  /** Canonical JSON. */
  text: string;
  at: Date;
}

const needed = { type: String, required: true };
const number = { type: Number, required: true };
const date = { type: Date, required: true };
// Written and read by this folder only, always whole.
const whole = { type: Schema.Types.Mixed, required: true };

const runSchema = new Schema<RunRecord>(
  {
    _id: needed,
    at: date,
    by: needed,
    of: { type: String, default: 'pairs' },
    engine: needed,
    callId: needed,
    weights: whole,
    weightsVersion: { type: Number, default: null },
    asked: whole,
    smes: number,
    pairs: number,
    outcome: whole,
    callHash: needed,
    inputHash: needed,
    resultHash: needed,
    tookMs: number,
    exposure: { type: Schema.Types.Mixed, default: null },
    repeated: { type: Schema.Types.Mixed, default: null },
  },
  { collection: 'runs', versionKey: false },
);
runSchema.index({ at: -1, _id: 1 });
runSchema.index({ of: 1, at: -1, _id: 1 });
runSchema.index({ callId: 1, at: -1, _id: 1 });

const partsSchema = new Schema<RunPartsRecord>(
  {
    _id: needed,
    manifest: whole,
    profiles: { type: String, default: '' },
    pairs: whole,
    groups: { type: Schema.Types.Mixed, default: null },
  },
  { collection: 'runparts', versionKey: false, minimize: false },
);

const planRunSchema = new Schema<PlanRunRecord>(
  {
    _id: needed,
    at: date,
    by: needed,
    eventId: needed,
    callId: needed,
    manifest: whole,
    profiles: { type: String, default: '' },
    question: needed,
    smes: number,
    rounds: whole,
    meetings: whole,
    figures: whole,
    inputHash: needed,
    resultHash: needed,
    tookMs: number,
    planVersion: { type: Number, default: null },
    repeated: { type: Schema.Types.Mixed, default: null },
  },
  { collection: 'planruns', versionKey: false, minimize: false },
);
planRunSchema.index({ at: -1, _id: 1 });
planRunSchema.index({ eventId: 1, at: -1, _id: 1 });

const inputSchema = new Schema<RunInputRecord>(
  { _id: needed, smeId: { type: String, default: null }, text: needed, at: date },
  { collection: 'runinputs', versionKey: false },
);
inputSchema.index({ smeId: 1 });

export function runModel(connection: Connection): Model<RunRecord> {
  return modelOn<RunRecord>(connection, 'Run', runSchema);
}

export function runPartsModel(connection: Connection): Model<RunPartsRecord> {
  return modelOn<RunPartsRecord>(connection, 'RunParts', partsSchema);
}

export function planRunModel(connection: Connection): Model<PlanRunRecord> {
  return modelOn<PlanRunRecord>(connection, 'PlanRun', planRunSchema);
}

export function runInputModel(connection: Connection): Model<RunInputRecord> {
  return modelOn<RunInputRecord>(connection, 'RunInput', inputSchema);
}
