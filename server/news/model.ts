import { Schema, type Connection, type Model } from 'mongoose';
import type { Link, Target } from '../audience/schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** One announcement as it is stored. */
export interface AnnouncementRecord {
  _id: string;
  key: string;
  version: number;
  title: string;
  words: string;
  /** Title and words, folded, for the search. */
  searchText: string;
  links: Link[];
  target: Target;
  earlyAt: Date | null;
  publicAt: Date | null;
  mail: boolean;
  /** 'scheduled' becomes 'published' once everybody was told; what a reader sees depends on the times alone. */
  state: 'draft' | 'scheduled' | 'published' | 'withdrawn';
  /** Place in the list: publicAt, or for drafts when it was last changed. */
  at: Date;
  /** True once the clusters were told that they may read it early. */
  toldEarly: boolean;
  changedAt: Date | null;
  reason: string;
  createdAt: Date;
}

/** An account that has read an announcement; `_id` is `<announcementId>:<accountId>`. */
export interface ReadRecord {
  _id: string;
  announcementId: string;
  accountId: string;
  at: Date;
}

/** A mail about an announcement that left, or is about to; `_id` is `<announcementId>:<accountId>`. */
export interface NewsMailRecord {
  _id: string;
  announcementId: string;
  accountId: string;
}

const needed = { type: String, required: true };
const date = { type: Date, default: null };
const part = { _id: false, strict: 'throw' } as const;
export const linkPart = new Schema({ label: needed, url: needed }, part);
export const targetPart = new Schema({ roles: [String], countries: [String], clusterIds: [String] }, part);

const announcementSchema = new Schema<AnnouncementRecord>(
  {
    _id: needed,
    key: needed,
    version: { type: Number, required: true },
    title: needed,
    words: needed,
    searchText: needed,
    links: [linkPart],
    target: { type: targetPart, required: true },
    earlyAt: date,
    publicAt: date,
    mail: { type: Boolean, required: true },
    state: needed,
    at: { type: Date, required: true },
    toldEarly: { type: Boolean, required: true },
    changedAt: date,
    reason: { type: String, default: '' },
    createdAt: { type: Date, required: true },
  },
  { collection: 'announcements', versionKey: false },
);
announcementSchema.index({ key: 1 }, { unique: true });
announcementSchema.index({ state: 1, at: -1, _id: -1 });
announcementSchema.index({ at: -1, _id: -1 });

const readSchema = new Schema<ReadRecord>(
  { _id: needed, announcementId: needed, accountId: needed, at: { type: Date, required: true } },
  { collection: 'announcementreads', versionKey: false },
);
readSchema.index({ accountId: 1 });
readSchema.index({ announcementId: 1 });

const mailSchema = new Schema<NewsMailRecord>(
  { _id: needed, announcementId: needed, accountId: needed },
  { collection: 'announcementmails', versionKey: false },
);
mailSchema.index({ accountId: 1 });

export function announcementModel(connection: Connection): Model<AnnouncementRecord> {
  return modelOn<AnnouncementRecord>(connection, 'Announcement', announcementSchema);
}

export function readModel(connection: Connection): Model<ReadRecord> {
  return modelOn<ReadRecord>(connection, 'AnnouncementRead', readSchema);
}

export function newsMailModel(connection: Connection): Model<NewsMailRecord> {
  return modelOn<NewsMailRecord>(connection, 'AnnouncementMail', mailSchema);
}
