import { Schema, type Connection, type Model } from 'mongoose';
import type { SmeInput } from '../smes/schema.ts';
import type { ImportCommit, ImportRowView, ImportView, RowIssue } from './schema.ts';

export type Decision = ImportCommit['duplicates'];
export type Outcome = ImportRowView['outcome'];

/** One uploaded file. */
export interface ImportRecord {
  _id: string;
  /** The cluster whose members these are; null: each SME goes to the one cluster of its country. */
  clusterId: string | null;
  createdBy: string;
  createdByName: string;
  /** Staff may merge into SMEs of every cluster, a cluster only into its own. */
  byStaff: boolean;
  fileName: string;
  state: ImportView['state'];
  problem: RowIssue | null;
  /** The whole file was checked and its rows are staged, so it can be committed. */
  checked: boolean;
  rows: ImportView['rows'];
  ignoredColumns: string[];
  /** What is done with duplicates that have no decision of their own; set by the commit. */
  duplicates: Decision;
  createdAt: Date;
  committedAt: Date | null;
}

/** One row of an uploaded file, staged between check and commit. */
export interface ImportRowRecord {
  _id: string;
  importId: string;
  line: number;
  name: string;
  country: string;
  outcome: Outcome;
  issues: RowIssue[];
  duplicateOf: ImportRowView['duplicateOf'];
  decision: Decision | null;
  /** Id that the SME gets if it is created: given at the check, so that a repeated commit creates nothing twice. */
  smeId: string;
  /** The SME that a duplicate is merged into. */
  targetId: string | null;
  clusterId: string | null;
  externalId: string | null;
  source: string | null;
  /** The checked profile; erased once the row is dealt with. */
  input: SmeInput | null;
}

const strict = { strict: 'throw', strictQuery: 'throw', versionKey: false, id: false } as const;
const text = { type: String, default: null };
const needed = { type: String, required: true } as const;
const mixed = { type: Schema.Types.Mixed, default: null };

const importSchema = new Schema<ImportRecord>(
  {
    _id: needed,
    clusterId: text,
    createdBy: needed,
    createdByName: needed,
    byStaff: { type: Boolean, required: true },
    fileName: needed,
    state: needed,
    problem: mixed,
    checked: { type: Boolean, required: true },
    rows: { type: Schema.Types.Mixed, required: true },
    ignoredColumns: [String],
    duplicates: needed,
    createdAt: { type: Date, required: true },
    committedAt: { type: Date, default: null },
  },
  { ...strict, collection: 'imports', minimize: false },
);
importSchema.index({ createdAt: -1, _id: 1 });
importSchema.index({ clusterId: 1, createdAt: -1, _id: 1 });
importSchema.index({ state: 1, createdAt: -1, _id: 1 });

/** The collection of imports on one connection. */
export function importModel(connection: Connection): Model<ImportRecord> {
  return modelOn<ImportRecord>(connection, 'Import', importSchema);
}

const importRowSchema = new Schema<ImportRowRecord>(
  {
    _id: needed,
    importId: needed,
    line: { type: Number, required: true },
    name: String,
    country: String,
    outcome: needed,
    issues: [Schema.Types.Mixed],
    duplicateOf: mixed,
    decision: text,
    smeId: needed,
    targetId: text,
    clusterId: text,
    externalId: text,
    source: text,
    input: mixed,
  },
  { ...strict, collection: 'import-rows', minimize: false },
);
importRowSchema.index({ importId: 1, line: 1 });
importRowSchema.index({ importId: 1, outcome: 1, line: 1 });
importRowSchema.index({ importId: 1, name: 1, line: 1 });
importRowSchema.index({ importId: 1, outcome: 1, name: 1, line: 1 });
import { modelOn } from '../storage/model-on.ts';

/** The collection of staged rows on one connection. */
export function importRowModel(connection: Connection): Model<ImportRowRecord> {
  return modelOn<ImportRowRecord>(connection, 'ImportRow', importRowSchema);
}
