import { Schema, type Connection, type Model } from 'mongoose';
import type { ConsortiumDetails, ConsortiumState } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** One consortium as it is stored; `a` comes before `b` in the order of ids. */
export interface ConsortiumRecord {
  _id: string;
  callId: string;
  /** Version of the call's rules that it was proposed or last confirmed under; null where it is older than versions are. */
  rulesVersion: number | null;
  eventId: string | null;
  a: string;
  b: string;
  smeIds: string[];
  /** Clusters of the two when it was proposed. */
  clusterIds: string[];
  state: ConsortiumState;
  /** Unique: a pair has one open consortium in a call; a closed one carries its own id here. */
  openKey: string;
  details: ConsortiumDetails;
  /** Grows with each change of the details. */
  version: number;
  /** Grows with each change of anything, confirmations included. */
  revision?: number;
  /** Version that each side confirmed; null: none. */
  confirmedA: number | null;
  confirmedB: number | null;
  /** Why it was given up; empty where nobody said. */
  reason: string;
  createdAt: Date;
  updatedAt: Date;
  formedAt: Date | null;
  /** True until everybody concerned was told of how it stands: what a crash cuts off is made up for at the next start. */
  untold: boolean;
}

/**
 * Who is in a consortium of a call: one document per call, so that taking two SMEs is one write. `taken` maps an SME to its consortium.
 * This register is the truth; the state of a consortium follows it.
 */
export interface ClaimsRecord {
  _id: string;
  taken: Record<string, string>;
}

const needed = { type: String, required: true };
const text = { type: String, default: null };
const version = { type: Number, default: null };
const date = { type: Date, required: true };

const detailsSchema = new Schema<ConsortiumDetails>(
  {
    instrumentId: text,
    title: { type: String, default: '' },
    summary: { type: String, default: '' },
    solutionA: text,
    solutionB: text,
    leadSmeId: text,
  },
  { _id: false, strict: 'throw' },
);

const consortiumSchema = new Schema<ConsortiumRecord>(
  {
    _id: needed,
    callId: needed,
    rulesVersion: version,
    eventId: text,
    a: needed,
    b: needed,
    smeIds: [String],
    clusterIds: [String],
    state: needed,
    openKey: needed,
    details: { type: detailsSchema, required: true },
    version: { type: Number, required: true },
    revision: { type: Number, default: 1 },
    confirmedA: version,
    confirmedB: version,
    reason: { type: String, default: '' },
    createdAt: date,
    updatedAt: date,
    formedAt: { type: Date, default: null },
    untold: { type: Boolean, default: false },
  },
  { collection: 'consortia', strict: 'throw', strictQuery: 'throw', versionKey: false, id: false },
);
consortiumSchema.index({ openKey: 1 }, { unique: true });
consortiumSchema.index({ smeIds: 1 });
consortiumSchema.index({ clusterIds: 1 });
consortiumSchema.index({ callId: 1, state: 1 });
consortiumSchema.index({ eventId: 1, state: 1 });
consortiumSchema.index({ createdAt: -1, _id: 1 });
consortiumSchema.index({ untold: 1 });
// What changed since, for the funnel.
consortiumSchema.index({ updatedAt: 1 });

const claimsSchema = new Schema<ClaimsRecord>(
  {
    _id: needed,
    // Keys are ids of SMEs; written by claims.ts only, one key at a time.
    taken: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'consortiumclaims', versionKey: false, id: false, minimize: false },
);

export function consortiumModel(connection: Connection): Model<ConsortiumRecord> {
  return modelOn<ConsortiumRecord>(connection, 'Consortium', consortiumSchema);
}

export function claimsModel(connection: Connection): Model<ClaimsRecord> {
  return modelOn<ClaimsRecord>(connection, 'ConsortiumClaims', claimsSchema);
}
