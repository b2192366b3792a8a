import type { Connection } from 'mongoose';
import { z } from 'zod';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit, AuditedState, AuditedThings } from '../audit/audit.ts';
import { auditedCollection } from '../audit/audited-collection.ts';
import { clusterModel } from '../clusters/model.ts';
import { invalidField, notFound, staleVersion } from '../http/errors.ts';
import { readReferenceFile } from '../reference/reference-file.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { fill, unknownPlaceholders } from './fill.ts';
import { templateModel, type TemplateRecord } from './model.ts';
import {
  outreachKindSchema,
  PLACEHOLDERS,
  type KitView,
  type OutreachKind,
  type Placeholder,
  type TemplatesView,
  type TemplateView,
} from './schema.ts';

/** An open call, as the kit tells of it. */
export interface KitCall {
  readonly id: string;
  readonly name: string;
  /** ISO days. */
  readonly opens: string;
  readonly closes: string;
  readonly countries: readonly string[];
  readonly instruments: readonly { readonly name: string; readonly grantCeilingEur: number }[];
  readonly challenges: readonly { readonly words: string }[];
}

export interface OutreachServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  /** How many SMEs are registered, and of how many countries. */
  readonly extent: () => Promise<{ readonly smes: number; readonly countries: number }>;
  /** Calls that there is something to tell of, the one in force first. */
  readonly calls: () => Promise<readonly KitCall[]>;
  readonly countryName: (code: string) => string;
  readonly publicUrl: () => string;
}

export type OutreachService = ReturnType<typeof createOutreachService>;

const fileSchema = z.strictObject({
  source: z.string(),
  templates: z.record(outreachKindSchema, z.string()),
});
const KINDS = outreachKindSchema.options;
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const EUROS = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const LIST = new Intl.ListFormat('en', { type: 'conjunction' });

interface Counts {
  readonly smes: number;
  readonly clusters: number;
  readonly countries: number;
}

/** A count with its noun. */
const counted = (count: number, one: string, many: string): string =>
  `${EUROS.format(count)} ${count === 1 ? one : many}`;

/** What the placeholders stand for. Amounts in euros. */
export function valuesOf(
  call: KitCall,
  counts: Counts,
  words: { countryName: (code: string) => string; link: string },
): Record<Placeholder, string> {
  const day = (iso: string): string => DAY.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`));
  const euros = (amount: number): string => `EUR ${EUROS.format(amount)}`;
  const names = call.countries
    .map(words.countryName)
    .toSorted((one, other) => one.localeCompare(other, 'en'));
  return {
    call: call.name,
    opens: day(call.opens),
    closes: day(call.closes),
    instruments: LIST.format(call.instruments.map(({ name }) => name)),
    ceilings: LIST.format(
      call.instruments.map(({ name, grantCeilingEur }) => `${name}: up to ${euros(grantCeilingEur)}`),
    ),
    maxGrant: euros(Math.max(0, ...call.instruments.map(({ grantCeilingEur }) => grantCeilingEur))),
    countries: names.join(', '),
    countryCount: String(names.length),
    challenges: call.challenges.map((challenge) => `- ${challenge.words}`).join('\n'),
    smes: EUROS.format(counts.smes),
    clusters: EUROS.format(counts.clusters),
    countriesRepresented: EUROS.format(counts.countries),
    smesCounted: counted(counts.smes, 'company', 'companies'),
    clustersCounted: counted(counts.clusters, 'cluster', 'clusters'),
    countriesCounted: counted(counts.countries, 'country', 'countries'),
    link: words.link,
  };
}

function decidedState({ version, words }: TemplateRecord): AuditedState {
  return { version, words };
}

/** Texts and figures about an open call that clusters send to their companies. */
export function createOutreachService(deps: OutreachServiceDeps) {
  const templates = templateModel(deps.connection);
  const clusters = clusterModel(deps.connection);
  const delivered = readReferenceFile('outreach.json', fileSchema).templates;

  async function counts(): Promise<Counts> {
    const [extent, count] = await Promise.all([
      deps.extent(),
      clusters.countDocuments({ leftAt: null }).exec(),
    ]);
    return { ...extent, clusters: count };
  }

  async function current(): Promise<TemplateView[]> {
    const changed = new Map(
      (await templates.find().lean<TemplateRecord[]>().exec()).map((record) => [record._id, record]),
    );
    return KINDS.map((kind) => {
      const own = changed.get(kind);
      return {
        kind,
        version: own?.version ?? 0,
        words: own?.words ?? delivered[kind],
        changedAt: own?.changedAt.toISOString() ?? null,
      };
    });
  }

  /** One conditional write; where nothing was changed yet, one insert. @throws HttpProblem 412 */
  async function store(kind: OutreachKind, version: number, words: string): Promise<TemplateRecord> {
    const record = { _id: kind, version: version + 1, words, changedAt: deps.clock() };
    if (version > 0) {
      const { matchedCount } = await templates.updateOne({ _id: kind, version }, { $set: record }).exec();
      if (matchedCount === 0) throw staleVersion('template');
      return record;
    }
    try {
      await templates.insertMany([record], { lean: true });
    } catch (error) {
      if (isDuplicateKey(error)) throw staleVersion('template');
      throw error;
    }
    return record;
  }

  return {
    /** The texts of a call, filled, with the figures of the register. @throws HttpProblem 404 */
    async kit(callId?: string): Promise<KitView> {
      const calls = await deps.calls();
      const call = callId === undefined ? calls[0] : calls.find(({ id }) => id === callId);
      if (!call) throw notFound('open call');
      const [counted, texts] = await Promise.all([counts(), current()]);
      const link = deps.publicUrl();
      const values = valuesOf(call, counted, { countryName: deps.countryName, link });
      const { id, name, opens, closes } = call;
      return {
        call: { id, name, opens, closes },
        calls: calls.map((other) => ({ id: other.id, name: other.name })),
        texts: texts.map(({ kind, words }) => ({ kind, words: fill(words, values) })),
        figures: [
          { name: 'SMEs registered', value: counted.smes },
          { name: 'Clusters', value: counted.clusters },
          { name: 'Countries with registered SMEs', value: counted.countries },
          { name: 'Eligible countries', value: call.countries.length },
          ...call.instruments.map((instrument) => ({
            name: `${instrument.name}: highest grant, EUR`,
            value: Math.round(instrument.grantCeilingEur),
          })),
        ],
      };
    },

    /** The templates behind the texts. */
    async templates(): Promise<TemplatesView> {
      return { items: await current(), placeholders: [...PLACEHOLDERS] };
    },

    /** Changes a template. @throws HttpProblem 400 where a placeholder has no such name, 412 */
    async update(
      viewer: Viewer,
      kind: OutreachKind,
      change: { version: number; words: string },
    ): Promise<TemplateView> {
      const unknown = unknownPlaceholders(change.words);
      if (unknown.length > 0) {
        throw invalidField(
          'words',
          `${unknown.map((name) => `{${name}}`).join(', ')}: there is no such placeholder. Allowed: ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}`,
        );
      }
      const before = await templates.findById(kind).lean<TemplateRecord>().exec();
      const after = await store(kind, change.version, change.words);
      await deps.audit.record({
        actor: viewer,
        action: 'outreach-template.change',
        thing: { kind: 'outreach-template', id: kind },
        before: before && decidedState(before),
        after: decidedState(after),
      });
      return { kind, version: after.version, words: after.words, changedAt: after.changedAt.toISOString() };
    },
  };
}

/** Templates of the outreach kit as they are stored, for comparison with the audit log. */
export const auditedTemplates = (connection: Connection): AuditedThings =>
  auditedCollection('outreach-template', templateModel(connection), decidedState);
