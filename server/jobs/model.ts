import { Schema, type Connection, type Model } from 'mongoose';
import type { JobName } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** What became of the runs of one job; `_id` is its name. */
export interface JobRecord {
  _id: JobName;
  startedAt: Date | null;
  finishedAt: Date | null;
  lastResult: string | null;
  /** How far the run is, written about once a second; null where that is not known. */
  done: number | null;
  total: number | null;
  /** When somebody asked for the end of the run, which looks for it about once a second. Null: nobody did. */
  stopAskedAt: Date | null;
  failures: number;
  failedAt: Date | null;
  failure: string | null;
}

/** The last digest of one account. One document per account: claiming a day is one conditional write. */
export interface DigestRecord {
  /** Id of the account. */
  _id: string;
  /** ISO 8601, UTC. */
  day: string;
  listVersion: number;
}

const text = { type: String, default: null };
const count = { type: Number, default: null };
const date = { type: Date, default: null };
const needed = { type: String, required: true };

const jobSchema = new Schema<JobRecord>(
  {
    _id: needed,
    startedAt: date,
    finishedAt: date,
    lastResult: text,
    done: count,
    total: count,
    stopAskedAt: date,
    failures: { type: Number, default: 0 },
    failedAt: date,
    failure: text,
  },
  { collection: 'jobs', versionKey: false },
);
const digestSchema = new Schema<DigestRecord>(
  { _id: needed, day: needed, listVersion: { type: Number, required: true } },
  { collection: 'digests', versionKey: false },
);

export function jobModel(connection: Connection): Model<JobRecord> {
  return modelOn<JobRecord>(connection, 'Job', jobSchema);
}

export function digestModel(connection: Connection): Model<DigestRecord> {
  return modelOn<DigestRecord>(connection, 'Digest', digestSchema);
}
