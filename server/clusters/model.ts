import { Schema, type Connection, type Model } from 'mongoose';
import type { ClusterInput } from './schema.ts';

/** One cluster as it is stored. */
export interface ClusterRecord {
  _id: string;
  name: string;
  /** Folded name; unique within a country. */
  searchName: string;
  country: string;
  region: string | null;
  website: string | null;
  kind: ClusterInput['kind'];
  demo: boolean;
  /** When it left the project; its record stays for the counts. Null or missing: it is with us. */
  leftAt?: Date | null;
  /**
   * What is still to be done after it left: to whom its members go (null: to nobody), and whether they are all moved or, as it was stopped, on
   * their way back. Null or missing: nothing.
   */
  leaving?: { handOverTo: string | null; step?: 'moved' | 'back' } | null;
  /** Grows by one with each change. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

/** The collection of clusters on one connection. */
export function clusterModel(connection: Connection): Model<ClusterRecord> {
  const existing = connection.models['Cluster'];
  // mongoose keeps models by name without their type; this name is given here only.
  if (existing) return existing as Model<ClusterRecord>;
  const schema = new Schema<ClusterRecord>(
    {
      _id: { type: String, required: true },
      name: { type: String, required: true },
      searchName: { type: String, required: true },
      country: { type: String, required: true },
      region: { type: String, default: null },
      website: { type: String, default: null },
      kind: { type: String, required: true },
      demo: { type: Boolean, required: true },
      leftAt: { type: Date, default: null },
      leaving: {
        type: new Schema(
          { handOverTo: { type: String, default: null }, step: { type: String } },
          { _id: false, strict: 'throw' },
        ),
        default: null,
      },
      revision: { type: Number, default: 1 },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
    },
    { collection: 'clusters', strict: 'throw', strictQuery: 'throw', versionKey: false, id: false },
  );
  schema.index({ country: 1, searchName: 1 }, { unique: true });
  schema.index({ searchName: 1, _id: 1 });
  schema.index({ createdAt: -1, _id: 1 });
  return connection.model<ClusterRecord>('Cluster', schema);
}
