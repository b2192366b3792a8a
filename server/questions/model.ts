import { Schema, type Connection, type Model } from 'mongoose';
import type { Role } from '../accounts/schema.ts';
import type { FaqInput, QuestionState, QuestionTopic } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** One message of a thread. Names are looked up, so that an account that is closed leaves none behind. */
export interface MessageRecord {
  id: string;
  from: 'asker' | 'staff';
  /** null: erased. */
  byId: string | null;
  words: string;
  at: Date;
}

/** One question with its thread. */
export interface QuestionRecord {
  _id: string;
  key: string;
  version: number;
  subject: string;
  topic: QuestionTopic;
  /** Subject and first words, folded, for the search. */
  searchText: string;
  state: QuestionState;
  /** Whose thread it is: `cluster:<id>`, `sme:<id>` or `account:<id>`. */
  askedBy: string;
  askerRole: Role;
  clusterId: string | null;
  smeId: string | null;
  authorId: string | null;
  assigneeId: string | null;
  messages: MessageRecord[];
  faqId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** One entry of the FAQ. */
export interface FaqRecord extends FaqInput {
  _id: string;
  key: string;
  version: number;
  searchText: string;
  createdAt: Date;
  updatedAt: Date;
}

/** What an account thinks of an entry; `_id` is `<faqId>:<accountId>`. */
export interface FaqVoteRecord {
  _id: string;
  faqId: string;
  accountId: string;
  helpful: boolean;
  /** `<faqId>:yes` or `<faqId>:no`, for counting. */
  tally: string;
}

const needed = { type: String, required: true };
const optional = { type: String, default: null };
const date = { type: Date, required: true };
const number = { type: Number, required: true };

const messageSchema = new Schema<MessageRecord>(
  { id: needed, from: needed, byId: optional, words: needed, at: date },
  { _id: false, id: false },
);
const questionSchema = new Schema<QuestionRecord>(
  {
    _id: needed,
    key: needed,
    version: number,
    subject: needed,
    topic: needed,
    searchText: needed,
    state: needed,
    askedBy: needed,
    askerRole: needed,
    clusterId: optional,
    smeId: optional,
    authorId: optional,
    assigneeId: optional,
    messages: [messageSchema],
    faqId: optional,
    createdAt: date,
    updatedAt: date,
  },
  { collection: 'questions', versionKey: false },
);
questionSchema.index({ key: 1 }, { unique: true });
questionSchema.index({ askedBy: 1, updatedAt: -1, _id: -1 });
questionSchema.index({ updatedAt: -1, _id: -1 });
questionSchema.index({ state: 1, updatedAt: -1, _id: -1 });
questionSchema.index({ 'messages.byId': 1 });
questionSchema.index({ clusterId: 1, createdAt: 1 });

const faqSchema = new Schema<FaqRecord>(
  {
    _id: needed,
    key: needed,
    version: number,
    question: needed,
    answer: needed,
    topic: needed,
    readers: needed,
    searchText: needed,
    createdAt: date,
    updatedAt: date,
  },
  { collection: 'faqentries', versionKey: false },
);
faqSchema.index({ key: 1 }, { unique: true });
faqSchema.index({ topic: 1, question: 1, _id: 1 });
faqSchema.index({ updatedAt: -1, _id: -1 });

const voteSchema = new Schema<FaqVoteRecord>(
  {
    _id: needed,
    faqId: needed,
    accountId: needed,
    helpful: { type: Boolean, required: true },
    tally: needed,
  },
  { collection: 'faqvotes', versionKey: false },
);
voteSchema.index({ faqId: 1 });
voteSchema.index({ accountId: 1 });

export function questionModel(connection: Connection): Model<QuestionRecord> {
  return modelOn<QuestionRecord>(connection, 'Question', questionSchema);
}

export function faqModel(connection: Connection): Model<FaqRecord> {
  return modelOn<FaqRecord>(connection, 'FaqEntry', faqSchema);
}

export function faqVoteModel(connection: Connection): Model<FaqVoteRecord> {
  return modelOn<FaqVoteRecord>(connection, 'FaqVote', voteSchema);
}
