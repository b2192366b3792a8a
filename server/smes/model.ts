import { Schema, type Connection, type Model } from 'mongoose';
import type { MarketRole, SizeClass } from '../../matching/types.ts';
import type { Declaration, NeedView, Phase, SmeInput, SolutionView } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** A solution as it is stored; those of before the phases came have none. */
export type StoredSolution = Omit<SolutionView, 'phases'> & { phases?: Phase[] };

/** One SME as it is stored. */
export interface SmeRecord {
  _id: string;
  /** Grows by one with each change; an edit names the version that it was made on. */
  version: number;
  clusterId: string | null;
  name: string;
  /** Folded name, see `searchName`. */
  searchName: string;
  country: string;
  city: string | null;
  website: string | null;
  languages: string[];
  marketRole: MarketRole | null;
  group: string | null;
  available: boolean;
  solutions: StoredSolution[];
  needs: NeedView[];
  /** Missing in records of before there were any. */
  projects?: string[];
  conflicts: string[];
  declaration: Declaration | null;
  /** Derived from the declaration whenever it is saved. */
  sizeClass: SizeClass;
  confidential: SmeInput['confidential'];
  demoAnswers: SmeInput['demoAnswers'];
  /** The cluster that is giving it to its present one just now; null or missing: none. */
  handedOverFrom?: string | null;
  /** Where an imported record comes from, in words; null where it was typed in. */
  source: string | null;
  /** Id of the company in the source it came from. */
  externalId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const text = { type: String, default: null };
const list = [String];
const terms = { capabilities: list, technologies: list, fields: list, sectors: list };
const trl = { type: Number, default: null };
const part = { _id: false, strict: 'throw' } as const;

const solutionSchema = new Schema(
  {
    id: { type: String, required: true },
    title: { type: String, required: true },
    offer: String,
    trl,
    ...terms,
    phases: list,
  },
  { ...part, id: false },
);
const needSchema = new Schema(
  { id: { type: String, required: true }, words: String, trlMin: trl, trlMax: trl, ...terms },
  { ...part, id: false },
);
const money = { type: Number, default: null };
const linkSchema = new Schema(
  { name: String, share: Number, headcount: Number, turnoverEur: money, balanceSheetEur: money },
  part,
);
const declarationSchema = new Schema(
  { headcount: Number, turnoverEur: money, balanceSheetEur: money, links: [linkSchema], date: String },
  part,
);
const confidentialSchema = new Schema(
  { contactName: text, contactEmail: text, contactPhone: text, notes: { type: String, default: '' } },
  part,
);

const smeSchema = new Schema<SmeRecord>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    clusterId: text,
    handedOverFrom: { type: String },
    name: { type: String, required: true },
    searchName: { type: String, required: true },
    country: { type: String, required: true },
    city: text,
    website: text,
    languages: list,
    marketRole: text,
    group: text,
    available: { type: Boolean, required: true },
    solutions: [solutionSchema],
    needs: [needSchema],
    projects: list,
    conflicts: list,
    declaration: { type: declarationSchema, default: null },
    sizeClass: { type: String, required: true },
    confidential: { type: confidentialSchema, required: true },
    demoAnswers: list,
    source: text,
    externalId: text,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'smes', strict: 'throw', strictQuery: 'throw', versionKey: false, id: false },
);
smeSchema.index({ searchName: 1, _id: 1 });
smeSchema.index({ country: 1, searchName: 1, _id: 1 });
smeSchema.index({ clusterId: 1, searchName: 1 });
smeSchema.index({ updatedAt: -1, _id: 1 });
smeSchema.index({ externalId: 1 });

/** The collection of SMEs on one connection. */
export function smeModel(connection: Connection): Model<SmeRecord> {
  return modelOn<SmeRecord>(connection, 'Sme', smeSchema);
}
