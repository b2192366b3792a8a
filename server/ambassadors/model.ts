import { Schema, type Connection, type Model } from 'mongoose';
import type { ApplicationInput, ApplicationState, ScorePart } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

export interface ApplicationMessage {
  by: 'team' | 'applicant';
  at: Date;
  text: string;
}

/** One application to become an ambassador cluster, as it is stored. */
export interface ApplicationRecord {
  _id: string;
  version: number;
  state: ApplicationState;
  /** Of the form it was sent with; unique, so that a form sent twice makes one application. */
  formId: string;
  /** SHA-256 of the link's token. */
  tokenHash: string;
  /** Country and name while the application is open, its own id before and after: one open application for each cluster. */
  openKey: string;
  name: string;
  searchName: string;
  country: string;
  region: string | null;
  website: string;
  /** Host of the website without `www.`: finds applications of the same organisation. */
  host: string;
  /** Null once erased. */
  contactName: string | null;
  contactEmail: string | null;
  members: number;
  audience: number;
  eventsPerYear: number;
  outreach: string;
  involvement: ApplicationInput['involvement'];
  projects: string;
  motivation: string;
  consentVersion: string;
  consentAt: Date;
  /** Points by the criteria, brought up to date when clusters come and go while the application is open. */
  score: number;
  scoreMax: number;
  parts: ScorePart[];
  reviewerId: string | null;
  reviewerName: string | null;
  messages: ApplicationMessage[];
  verdict: 'accept' | 'reject' | null;
  decisionReason: string;
  decidedAt: Date | null;
  decidedById: string | null;
  /** The cluster that came of it; chosen when it is accepted, so that a crash in between leaves it known. */
  clusterId: string | null;
  sentAt: Date;
  sentCount: number;
  createdAt: Date;
  submittedAt: Date | null;
  updatedAt: Date;
  /** The database removes what was never confirmed. */
  expiresAt: Date | null;
}

const text = { type: String, required: true };
const words = { type: String, default: '' };
const optional = { type: String, default: null };
const number = { type: Number, required: true };
const date = { type: Date, required: true };
const noDate = { type: Date, default: null };
const part = { _id: false, strict: 'throw' } as const;

const applicationSchema = new Schema<ApplicationRecord>(
  {
    _id: text,
    version: number,
    state: text,
    formId: text,
    tokenHash: text,
    openKey: text,
    name: text,
    searchName: text,
    country: text,
    region: optional,
    website: text,
    host: text,
    contactName: optional,
    contactEmail: optional,
    members: number,
    audience: number,
    eventsPerYear: number,
    outreach: words,
    involvement: text,
    projects: words,
    motivation: words,
    consentVersion: text,
    consentAt: date,
    score: number,
    scoreMax: number,
    parts: [new Schema({ criterion: text, points: number, max: number, reason: text }, part)],
    reviewerId: optional,
    reviewerName: optional,
    messages: [new Schema({ by: text, at: date, text }, part)],
    verdict: optional,
    decisionReason: words,
    decidedAt: noDate,
    decidedById: optional,
    clusterId: optional,
    sentAt: date,
    sentCount: number,
    createdAt: date,
    submittedAt: noDate,
    updatedAt: date,
    expiresAt: noDate,
  },
  {
    collection: 'ambassadorapplications',
    strict: 'throw',
    strictQuery: 'throw',
    versionKey: false,
    id: false,
  },
);
applicationSchema.index({ formId: 1 }, { unique: true });
applicationSchema.index({ tokenHash: 1 }, { unique: true });
applicationSchema.index({ openKey: 1 }, { unique: true });
applicationSchema.index({ score: -1, submittedAt: 1, _id: 1 });
applicationSchema.index({ state: 1, score: -1, submittedAt: 1, _id: 1 });
applicationSchema.index({ state: 1, submittedAt: -1, _id: 1 });
applicationSchema.index({ submittedAt: -1, _id: 1 });
applicationSchema.index({ searchName: 1, _id: 1 });
applicationSchema.index({ country: 1, state: 1 });
applicationSchema.index({ reviewerId: 1 });
applicationSchema.index({ contactEmail: 1 });
applicationSchema.index({ host: 1 });
applicationSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function applicationModel(connection: Connection): Model<ApplicationRecord> {
  return modelOn<ApplicationRecord>(connection, 'AmbassadorApplication', applicationSchema);
}
