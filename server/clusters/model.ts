import { Schema, type Connection, type Model } from 'mongoose';
import type { ClusterInput } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

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

const clusterSchema = new Schema<ClusterRecord>(
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
clusterSchema.index({ country: 1, searchName: 1 }, { unique: true });
clusterSchema.index({ searchName: 1, _id: 1 });
clusterSchema.index({ createdAt: -1, _id: 1 });

/** The collection of clusters on one connection. */
export function clusterModel(connection: Connection): Model<ClusterRecord> {
  return modelOn<ClusterRecord>(connection, 'Cluster', clusterSchema);
}
