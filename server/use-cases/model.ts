import { Schema, type Connection, type Model } from 'mongoose';
import type { Consent, SolutionRef } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** A solution that a use case is to show, and what its company said to that. */
export interface NamedSolution extends SolutionRef {
  consent: Consent;
}

/** One use case as it is stored. */
export interface UseCaseRecord {
  _id: string;
  version: number;
  /** Cluster that tells it; null where staff did. */
  clusterId: string | null;
  /** Country of that cluster, to filter by. */
  country: string | null;
  title: string;
  /** Folded title; unique for its teller, so that a second click makes no second one. */
  titleKey: string;
  problem: string;
  done: string;
  result: string;
  field: string;
  link: string | null;
  solutions: NamedSolution[];
  /** `solutionKey` of those that may be shown, to find the use cases of a solution. */
  shownKeys: string[];
  /** SMEs that were asked and have not answered. */
  askedSmes: string[];
  state: 'published' | 'withdrawn';
  takenDown: boolean;
  reason: string;
  createdAt: Date;
  updatedAt: Date;
}

/** A solution's id is unique within its SME only. */
export const solutionKey = ({ smeId, solutionId }: SolutionRef): string => `${smeId}/${solutionId}`;

const needed = { type: String, required: true };
const text = { type: String, default: null };

const namedSchema = new Schema<NamedSolution>(
  { smeId: needed, solutionId: needed, consent: needed },
  { _id: false, id: false, strict: 'throw' },
);

const useCaseSchema = new Schema<UseCaseRecord>(
  {
    _id: needed,
    version: { type: Number, required: true },
    clusterId: text,
    country: text,
    title: needed,
    titleKey: needed,
    problem: needed,
    done: needed,
    result: needed,
    field: needed,
    link: text,
    solutions: [namedSchema],
    shownKeys: [String],
    askedSmes: [String],
    state: needed,
    takenDown: { type: Boolean, required: true },
    reason: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'useCases', strict: 'throw', strictQuery: 'throw', versionKey: false, id: false },
);
useCaseSchema.index({ clusterId: 1, titleKey: 1 }, { unique: true });
useCaseSchema.index({ state: 1, createdAt: -1, _id: 1 });
useCaseSchema.index({ state: 1, field: 1, createdAt: -1, _id: 1 });
useCaseSchema.index({ state: 1, country: 1, createdAt: -1, _id: 1 });
useCaseSchema.index({ clusterId: 1, createdAt: -1, _id: 1 });
useCaseSchema.index({ state: 1, titleKey: 1, _id: 1 });
useCaseSchema.index({ shownKeys: 1 });
useCaseSchema.index({ 'solutions.smeId': 1 });
useCaseSchema.index({ askedSmes: 1 });

/** The collection of use cases on one connection. */
export function useCaseModel(connection: Connection): Model<UseCaseRecord> {
  return modelOn<UseCaseRecord>(connection, 'UseCase', useCaseSchema);
}
