import { Schema, type Connection, type Model } from 'mongoose';
import { modelOn } from '../storage/model-on.ts';

/** Whether the mapping can be read without an account; one record, `mapping`. */
export interface MappingSettingsRecord {
  _id: string;
  /** Grows by one with each change. */
  version: number;
  isPublic: boolean;
  changedAt: Date;
}

const mappingSettingsSchema = new Schema<MappingSettingsRecord>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    isPublic: { type: Boolean, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'mappingSettings', strict: 'throw', strictQuery: 'throw', versionKey: false, id: false },
);

export function mappingSettingsModel(connection: Connection): Model<MappingSettingsRecord> {
  return modelOn<MappingSettingsRecord>(connection, 'MappingSettings', mappingSettingsSchema);
}
