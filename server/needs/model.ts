import { Schema, type Connection, type Model } from 'mongoose';
import type { NeedInput, NeedState, NeedStep } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** One need as it is stored. */
export interface NeedRecord {
  _id: string;
  /** Account that stated it; null: staff did for an organisation without account, or the account was erased. */
  ownerId: string | null;
  /** Unique: the key that came with the request, or its own id. */
  requestKey: string;
  state: NeedState;
  /** Grows with each change. */
  version: number;
  title: string;
  /** Folded title, see `searchName`. */
  searchTitle: string;
  words: string;
  organisation: string;
  organisationKind: NeedInput['organisationKind'];
  showOrganisation: boolean;
  country: string;
  capabilities: string[];
  technologies: string[];
  fields: string[];
  sectors: string[];
  trlMin: NeedInput['trlMin'];
  trlMax: NeedInput['trlMax'];
  neededBy: string | null;
  /** `neededBy`, or a day after all others: what lists sort by. */
  dueKey: string;
  demonstrator: NeedInput['demonstrator'];
  hasDemonstrator: boolean;
  confidential: NeedInput['confidential'];
  /** What staff last said of it. */
  review: { step: NeedStep; text: string; at: Date } | null;
  /** When it came to be as it stands: made, submitted, published; what 'newest' sorts by. */
  listedAt: Date;
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

const needed = { type: String, required: true };
const text = { type: String, default: null };
const list = [String];
const level = { type: Number, default: null };
const part = { _id: false, strict: 'throw' } as const;

const demonstratorSchema = new Schema({ what: needed, where: needed, from: text, until: text }, part);
const confidentialSchema = new Schema(
  { contactName: text, contactEmail: text, contactPhone: text, notes: { type: String, default: '' } },
  part,
);
const reviewSchema = new Schema(
  { step: needed, text: { type: String, default: '' }, at: { type: Date, required: true } },
  part,
);

const needSchema = new Schema<NeedRecord>(
  {
    _id: needed,
    ownerId: text,
    requestKey: needed,
    state: needed,
    version: { type: Number, required: true },
    title: needed,
    searchTitle: needed,
    words: { type: String, default: '' },
    organisation: needed,
    organisationKind: needed,
    showOrganisation: { type: Boolean, required: true },
    country: needed,
    capabilities: list,
    technologies: list,
    fields: list,
    sectors: list,
    trlMin: level,
    trlMax: level,
    neededBy: text,
    dueKey: needed,
    demonstrator: { type: demonstratorSchema, default: null },
    hasDemonstrator: { type: Boolean, required: true },
    confidential: { type: confidentialSchema, required: true },
    review: { type: reviewSchema, default: null },
    listedAt: { type: Date, required: true },
    publishedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'needs', strict: 'throw', strictQuery: 'throw', versionKey: false, id: false },
);
// One request makes one need, however often it is sent.
needSchema.index({ requestKey: 1 }, { unique: true });
needSchema.index({ updatedAt: -1, _id: 1 });
needSchema.index({ listedAt: -1, _id: 1 });
needSchema.index({ state: 1, listedAt: -1, _id: 1 });
needSchema.index({ state: 1, dueKey: 1, _id: 1 });
needSchema.index({ state: 1, searchTitle: 1, _id: 1 });
needSchema.index({ state: 1, country: 1, searchTitle: 1, _id: 1 });
needSchema.index({ state: 1, updatedAt: -1, _id: 1 });
needSchema.index({ ownerId: 1, listedAt: -1, _id: 1 });
needSchema.index({ state: 1, fields: 1, listedAt: -1 });
needSchema.index({ state: 1, capabilities: 1, listedAt: -1 });
needSchema.index({ state: 1, hasDemonstrator: 1, dueKey: 1, _id: 1 });

/** The collection of needs on one connection. */
export function needModel(connection: Connection): Model<NeedRecord> {
  return modelOn<NeedRecord>(connection, 'Need', needSchema);
}
