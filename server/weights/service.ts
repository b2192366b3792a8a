import { trusted, type Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { conflict } from '../http/errors.ts';
import { byNumber, withinDays } from '../http/by-time.ts';
import { findPage } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Live } from '../live/live.ts';
import type { Matcher } from '../matching/matcher.ts';
import { containing } from '../storage/containing.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import { WEIGHTS_THING, weightsState } from './audited.ts';
import { weightsModel, type WeightsRecord } from './model.ts';
import type { WeightsQuery, WeightsVersion, WeightsView, WeightValues } from './schema.ts';

export interface WeightsServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly matcher: Pick<Matcher, 'weightsChanged'>;
  readonly live: Pick<Live, 'notify'>;
  readonly audit: Audit;
  /** Active staff accounts. */
  readonly staff: () => Promise<readonly string[]>;
}

export interface WeightsService {
  /** Writes the defaults of the software as version 1, if there is no version yet. */
  start(): Promise<void>;
  current(): Promise<WeightsView>;
  /** A page of the versions, each with the values before it. */
  history(query: WeightsQuery): Promise<Page<WeightsVersion>>;
  /** Adds a version. @throws HttpProblem 409 where somebody else saved one since `baseVersion` */
  save(
    viewer: Viewer,
    change: { baseVersion: number; values: WeightValues; note: string },
  ): Promise<WeightsView>;
  /**
   * Adds a version with the values of the version before the newest one. Undoing twice brings back what the first undo took away: nothing
   * is ever lost from the history. @throws HttpProblem 409
   */
  undo(viewer: Viewer, baseVersion: number): Promise<WeightsView>;
}

const ORDERS = byNumber<WeightsRecord>('version', ({ version }) => version);

function present({ version, values, note, by, at, undoOf }: WeightsRecord): WeightsView {
  return { version, values: { ...values }, note, by, at: at.toISOString(), undoOf };
}

export function createWeightsService(deps: WeightsServiceDeps): WeightsService {
  const { clock, log, matcher, live, staff } = deps;
  const versions = weightsModel(deps.connection);

  async function newest(): Promise<WeightsRecord> {
    const found = await versions.findOne().sort({ version: -1 }).lean<WeightsRecord>().exec();
    if (!found) throw new Error('There are no weights; start() was not called.');
    return found;
  }

  /** Values of some versions, by their number. */
  async function valuesOf(numbers: readonly number[]): Promise<ReadonlyMap<number, WeightValues>> {
    const found = await versions
      .find({ version: trusted({ $in: [...numbers] }) }, { version: 1, values: 1 })
      .lean<Pick<WeightsRecord, 'version' | 'values'>[]>()
      .exec();
    return new Map(found.map(({ version, values }) => [version, { ...values }]));
  }

  async function changedMeanwhile(): Promise<Error> {
    const { version, by, at } = await newest();
    return conflict(
      'changed-meanwhile',
      `The weights were changed by ${by ?? 'the software'} at ${at.toISOString()} (version ${version}) since you opened them. ` +
        'Load them again, then make your change.',
    );
  }

  async function add(
    viewer: Viewer,
    before: WeightsRecord,
    version: Pick<WeightsRecord, 'version' | 'values' | 'note' | 'undoOf'>,
  ): Promise<WeightsView> {
    const record: WeightsRecord = { ...version, _id: newId(), by: viewer.name, at: clock() };
    try {
      await versions.insertMany([record], { lean: true });
    } catch (error) {
      if (isDuplicateKey(error)) throw await changedMeanwhile();
      throw error;
    }
    await deps.audit.record({
      actor: viewer,
      action: record.undoOf === null ? 'weights.save' : 'weights.undo',
      thing: WEIGHTS_THING,
      before: weightsState(before),
      after: weightsState(record),
      reason: record.note,
    });
    log.info({ event: 'weights_changed', version: record.version, accountId: viewer.id }, 'weights changed');
    announce(record);
    return present(record);
  }

  /** Recomputing takes a while: the answer does not wait for it. */
  function announce({ version, by }: WeightsRecord): void {
    const tellStaff = async (): Promise<void> =>
      live.notify(await staff(), { kind: 'weights', version, by }, `weights:${version}`);
    Promise.all([matcher.weightsChanged(), tellStaff()]).catch((error: unknown) => {
      log.error({ err: error, version }, 'new weights could not be announced');
    });
  }

  async function onVersion(baseVersion: number): Promise<WeightsRecord> {
    const current = await newest();
    if (current.version !== baseVersion) throw await changedMeanwhile();
    return current;
  }

  return {
    async start() {
      const first: WeightsRecord = {
        _id: newId(),
        version: 1,
        values: { ...DEFAULT_WEIGHTS },
        note: 'What the software starts with',
        by: null,
        at: clock(),
        undoOf: null,
      };
      if (await versions.exists({}).exec()) return;
      await versions.insertMany([first], { lean: true }).catch((error: unknown) => {
        // Another process was faster: then there is a first version.
        if (!isDuplicateKey(error)) throw error;
      });
    },

    async current() {
      return present(await newest());
    },

    async history(query) {
      const { q, sort, from, to } = query;
      const words = q ? { $or: [{ by: containing(q) }, { note: containing(q) }] } : {};
      const filter = { $and: [withinDays<WeightsRecord>('at', { from, to }), words] };
      const page = await findPage(versions, filter, ORDERS[sort], query);
      const before = await valuesOf(page.items.map(({ version }) => version - 1));
      return {
        ...page,
        items: page.items.map((record) => ({
          ...present(record),
          before: before.get(record.version - 1) ?? null,
        })),
      };
    },

    async save(viewer, { baseVersion, values, note }) {
      const current = await onVersion(baseVersion);
      return add(viewer, current, { version: baseVersion + 1, values, note, undoOf: null });
    },

    async undo(viewer, baseVersion) {
      const current = await onVersion(baseVersion);
      const before = await versions
        .findOne({ version: current.version - 1 })
        .lean<WeightsRecord>()
        .exec();
      if (!before)
        throw conflict('nothing-to-undo', 'These are the first weights; there is nothing to undo.');
      return add(viewer, current, {
        version: baseVersion + 1,
        values: before.values,
        note: `Back to version ${before.version}`,
        undoOf: before.version,
      });
    },
  };
}
