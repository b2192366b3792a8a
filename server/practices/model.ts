import { Schema, type Connection, type Model } from 'mongoose';
import type { PracticeInput } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** Who wrote a post or a comment, and whether staff hid it. */
export interface Authored {
  /** null: erased. */
  authorId: string | null;
  /** null: staff wrote it. */
  clusterId: string | null;
  hidden: boolean;
  reason: string;
}

/** One post. */
export interface PracticeRecord extends PracticeInput, Authored {
  _id: string;
  key: string;
  version: number;
  searchText: string;
  createdAt: Date;
  changedAt: Date | null;
}

/** One comment on a post. */
export interface CommentRecord extends Authored {
  _id: string;
  key: string;
  version: number;
  practiceId: string;
  words: string;
  createdAt: Date;
}

const needed = { type: String, required: true };
const optional = { type: String, default: null };
const authored = {
  authorId: optional,
  clusterId: optional,
  hidden: { type: Boolean, required: true },
  reason: { type: String, default: '' },
};
const linkPart = new Schema({ label: needed, url: needed }, { _id: false, strict: 'throw' });

const practiceSchema = new Schema<PracticeRecord>(
  {
    _id: needed,
    key: needed,
    version: { type: Number, required: true },
    title: needed,
    words: needed,
    topic: needed,
    links: [linkPart],
    searchText: needed,
    ...authored,
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, default: null },
  },
  { collection: 'practices', versionKey: false },
);
practiceSchema.index({ key: 1 }, { unique: true });
practiceSchema.index({ createdAt: -1, _id: -1 });
practiceSchema.index({ clusterId: 1, createdAt: -1, _id: -1 });
practiceSchema.index({ topic: 1, createdAt: -1, _id: -1 });
practiceSchema.index({ authorId: 1 });

const commentSchema = new Schema<CommentRecord>(
  {
    _id: needed,
    key: needed,
    version: { type: Number, required: true },
    practiceId: needed,
    words: needed,
    ...authored,
    createdAt: { type: Date, required: true },
  },
  { collection: 'practicecomments', versionKey: false },
);
commentSchema.index({ key: 1 }, { unique: true });
commentSchema.index({ practiceId: 1, createdAt: 1, _id: 1 });
commentSchema.index({ authorId: 1 });
commentSchema.index({ clusterId: 1, createdAt: 1 });

export function practiceModel(connection: Connection): Model<PracticeRecord> {
  return modelOn<PracticeRecord>(connection, 'Practice', practiceSchema);
}

export function commentModel(connection: Connection): Model<CommentRecord> {
  return modelOn<CommentRecord>(connection, 'PracticeComment', commentSchema);
}
