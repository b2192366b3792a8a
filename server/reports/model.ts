import { Schema, type Connection, type Model } from 'mongoose';
import type { PeriodInput, Prefilled, ReportInput, ReportState } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** One reporting period. */
export interface PeriodRecord extends PeriodInput {
  _id: string;
  version: number;
  createdAt: Date;
}

/** What was handed in: staff read this, whatever the cluster writes meanwhile. */
export interface Submission {
  version: number;
  at: Date;
  report: ReportInput;
  prefilled: Prefilled;
}

/** One cluster's report about one period; none where it has not begun. */
export interface ReportRecord {
  _id: string;
  version: number;
  periodId: string;
  clusterId: string;
  state: Exclude<ReportState, 'none'>;
  report: ReportInput;
  submission: Submission | null;
  note: string;
  decidedAt: Date | null;
}

/** A reminder that was sent; `_id` is `<periodId>:<clusterId>:<stage>`, so that none is sent twice. */
export interface ReminderRecord {
  _id: string;
  periodId: string;
  clusterId: string;
  stage: string;
  at: Date;
}

const needed = { type: String, required: true };
const number = { type: Number, required: true };
const periodSchema = new Schema<PeriodRecord>(
  {
    _id: needed,
    version: number,
    name: needed,
    from: needed,
    to: needed,
    dueOn: needed,
    createdAt: { type: Date, required: true },
  },
  { collection: 'reportperiods', versionKey: false },
);
periodSchema.index({ name: 1 }, { unique: true });
periodSchema.index({ from: -1, _id: -1 });

const reportSchema = new Schema<ReportRecord>(
  {
    _id: needed,
    version: number,
    periodId: needed,
    clusterId: needed,
    state: needed,
    report: { type: Schema.Types.Mixed, required: true },
    submission: { type: Schema.Types.Mixed, default: null },
    note: { type: String, default: '' },
    decidedAt: { type: Date, default: null },
  },
  { collection: 'reports', versionKey: false, minimize: false },
);
// Carries the rule: one report for each cluster and period.
reportSchema.index({ periodId: 1, clusterId: 1 }, { unique: true });
reportSchema.index({ clusterId: 1 });

const reminderSchema = new Schema<ReminderRecord>(
  {
    _id: needed,
    periodId: needed,
    clusterId: needed,
    stage: needed,
    at: { type: Date, required: true },
  },
  { collection: 'reportreminders', versionKey: false },
);
reminderSchema.index({ periodId: 1 });

export function periodModel(connection: Connection): Model<PeriodRecord> {
  return modelOn<PeriodRecord>(connection, 'ReportPeriod', periodSchema);
}

export function reportModel(connection: Connection): Model<ReportRecord> {
  return modelOn<ReportRecord>(connection, 'Report', reportSchema);
}

export function reminderModel(connection: Connection): Model<ReminderRecord> {
  return modelOn<ReminderRecord>(connection, 'ReportReminder', reminderSchema);
}
