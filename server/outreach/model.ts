import { Schema, type Connection, type Model } from 'mongoose';
import type { OutreachKind } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** A template that staff changed; `_id` is its kind. No record: as delivered. */
export interface TemplateRecord {
  _id: OutreachKind;
  version: number;
  words: string;
  changedAt: Date;
}

const templateSchema = new Schema<TemplateRecord>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    words: { type: String, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'outreachtemplates', versionKey: false },
);

export function templateModel(connection: Connection): Model<TemplateRecord> {
  return modelOn<TemplateRecord>(connection, 'OutreachTemplate', templateSchema);
}
