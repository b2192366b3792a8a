import { Schema, type Connection, type Model } from 'mongoose';

/** Whether the mapping can be read without an account; one record, `mapping`. */
export interface MappingSettingsRecord {
  _id: string;
  /** Grows by one with each change. */
  version: number;
  isPublic: boolean;
  changedAt: Date;
}

export function mappingSettingsModel(connection: Connection): Model<MappingSettingsRecord> {
  const existing = connection.models['MappingSettings'];
  // mongoose keeps models by name without their type; this name is given here only.
  if (existing) return existing as Model<MappingSettingsRecord>;
  const schema = new Schema<MappingSettingsRecord>(
    {
      _id: { type: String, required: true },
      version: { type: Number, required: true },
      isPublic: { type: Boolean, required: true },
      changedAt: { type: Date, required: true },
    },
    { collection: 'mappingSettings', strict: 'throw', strictQuery: 'throw', versionKey: false, id: false },
  );
  return connection.model<MappingSettingsRecord>('MappingSettings', schema);
}
