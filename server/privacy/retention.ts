import { trusted, type Connection, type Model, type QueryFilter } from 'mongoose';
import { accountModel, invitationModel } from '../accounts/model.ts';
import type { Audit } from '../audit/audit.ts';
import type { JobRun } from '../jobs/run.ts';
import { requestModel, wishModel } from '../events/model.ts';
import { importModel, importRowModel, type ImportRecord } from '../imports/model.ts';
import { newId } from '../storage/ids.ts';
import { answerModel } from '../suggestions/model.ts';
import { ERASED_NAME } from './erased-name.ts';
import { erasureModel } from './model.ts';
import { loadRetentionRules } from './retention-rules.ts';
import type { RetentionView } from './schema.ts';

/** What a rule of the job finds (records older than a time), and how it lets go of it; answers with how many there were. */
interface Applied {
  count(before: Date): Promise<number>;
  /** Lets go of some of them, the database's own work of a moment; 0 where none is left. */
  applySome(before: Date): Promise<number>;
}

/** A rule of the job that a feature carries out itself. */
export interface KeptByFeature extends Applied {
  /** Its id in retention.json. */
  readonly rule: string;
}

export interface RetentionDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  /** What features let go of by themselves. */
  readonly byFeatures: () => readonly KeptByFeature[];
}

export interface Retention {
  /** Every rule, with what would go now: nothing is changed. */
  preview(): Promise<RetentionView>;
  /**
   * Applies the rules of the job, some hundred records at a time, so that others have their turn; says how many records each rule changed. Safe
   * to repeat. @throws the signal's reason where the run was stopped: what went is gone, and noted
   */
  apply(run: JobRun): Promise<Record<string, number>>;
}

const DAY_MS = 86_400_000;
const BATCH = 500;

/** Some of the records that a filter finds, as a filter. */
async function someOf<T>(model: Model<T>, filter: object): Promise<object> {
  const found = await model
    .find(filter, { _id: 1 })
    .limit(BATCH)
    .batchSize(BATCH)
    .lean<{ _id: string }[]>()
    .exec();
  return { _id: trusted({ $in: found.map(({ _id }) => _id) }) };
}

/** Empties fields of what a filter finds. */
function emptied<T>(
  model: Model<T>,
  filter: (before: Date) => object,
  fields: Record<string, unknown>,
): Applied {
  return {
    count: (before) => model.countDocuments(filter(before)).exec(),
    async applySome(before) {
      const some = await someOf(model, filter(before));
      return (await model.updateMany(some, { $set: fields }).exec()).modifiedCount;
    },
  };
}

/** Deletes what a filter finds. */
function deleted<T>(model: Model<T>, filter: (before: Date) => object): Applied {
  return {
    count: (before) => model.countDocuments(filter(before)).exec(),
    async applySome(before) {
      return (await model.deleteMany(await someOf(model, filter(before))).exec()).deletedCount;
    },
  };
}

function importRows(connection: Connection): Applied {
  const rows = importRowModel(connection);
  const imports = importModel(connection);
  async function filter(before: Date): Promise<object> {
    const over: QueryFilter<ImportRecord> = {
      createdAt: trusted({ $lt: before }),
      state: trusted({ $nin: ['checking', 'committing'] }),
    };
    const old = await imports.find(over, { _id: 1 }).lean<{ _id: string }[]>().exec();
    return { importId: trusted({ $in: old.map(({ _id }) => _id) }) };
  }
  return {
    count: async (before) => rows.countDocuments(await filter(before)).exec(),
    async applySome(before) {
      return (await rows.deleteMany(await someOf(rows, await filter(before))).exec()).deletedCount;
    },
  };
}

/** How each rule that the job applies is carried out, by its id in retention.json. */
function appliedRules(connection: Connection): ReadonlyMap<string, Applied> {
  const older = (before: Date) => trusted({ $lt: before });
  const some = trusted({ $ne: '' });
  return new Map([
    [
      'closed-accounts',
      emptied(
        accountModel(connection),
        (before) => ({ state: 'closed', closedAt: older(before), email: some }),
        { name: ERASED_NAME, email: '', organisation: null, passwordHash: '', lastSignInAt: null },
      ),
    ],
    [
      'invitations',
      emptied(
        invitationModel(connection),
        (before) => ({ state: trusted({ $ne: 'open' }), expiresAt: older(before), email: some }),
        { email: '' },
      ),
    ],
    ['import-rows', importRows(connection)],
    [
      'event-words',
      emptied(
        requestModel(connection),
        (before) => ({
          at: older(before),
          state: trusted({ $ne: 'pending' }),
          $or: [{ message: some }, { comment: some }],
        }),
        { message: '', comment: '' },
      ),
    ],
    ['event-wishes', deleted(wishModel(connection), (before) => ({ at: older(before) }))],
    [
      'answer-comments',
      emptied(answerModel(connection), (before) => ({ updatedAt: older(before), comment: some }), {
        comment: '',
      }),
    ],
    [
      'erasures',
      deleted(erasureModel(connection), (before) => ({ state: 'done', startedAt: older(before) })),
    ],
  ]);
}

/** How long what is kept, as data; and the nightly work that follows from it. */
export function createRetention({ connection, clock, audit, byFeatures }: RetentionDeps): Retention {
  const { source, since, rules } = loadRetentionRules();
  const own = appliedRules(connection);
  const appliedBy = (id: string): Applied | undefined =>
    own.get(id) ?? byFeatures().find(({ rule }) => rule === id);
  const limitOf = (days: number): Date => new Date(clock().getTime() - days * DAY_MS);

  return {
    async preview() {
      const items = await Promise.all(
        rules.map(async (rule) => {
          const before = limitOf(rule.days);
          return {
            id: rule.id,
            what: rule.what,
            days: rule.days,
            from: rule.from,
            why: rule.why,
            by: rule.by,
            before: before.toISOString(),
            due: (await appliedBy(rule.id)?.count(before)) ?? null,
          };
        }),
      );
      return { source, since, items };
    },

    async apply({ signal, progress }) {
      const due = rules.flatMap(({ id, days }) => {
        const rule = appliedBy(id);
        return rule ? [{ id, rule, before: limitOf(days) }] : [];
      });
      const total = (await Promise.all(due.map(({ rule, before }) => rule.count(before)))).reduce(
        (sum, n) => sum + n,
        0,
      );
      const counts: Record<string, number> = {};
      let done = 0;
      try {
        for (const { id, rule, before } of due) {
          for (let count = await rule.applySome(before); count > 0; count = await rule.applySome(before)) {
            counts[id] = (counts[id] ?? 0) + count;
            done += count;
            progress(done, Math.max(total, done));
            signal.throwIfAborted();
          }
        }
      } finally {
        if (done > 0) await note(counts);
      }
      return counts;
    },
  };

  function note(counts: Record<string, number>): Promise<void> {
    return audit.record({
      actor: 'system',
      action: 'retention.apply',
      thing: { kind: 'retention', id: newId() },
      before: null,
      after: { counts },
    });
  }
}
