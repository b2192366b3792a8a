import { trusted, type Connection } from 'mongoose';
import type { Audit } from '../audit/audit.ts';
import type { Viewer } from '../accounts/viewer.ts';
import { HttpProblem, notFound, staleVersion } from '../http/errors.ts';
import { namedPart } from './consents.ts';
import { useCaseModel, type UseCaseRecord } from './model.ts';
import { auditedUseCase } from './present.ts';

export interface UseCaseStoreDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
}

export type UseCaseStore = ReturnType<typeof createUseCaseStore>;

/** Writes of use cases: each is one conditional write on a version, and is in the audit log before it is acknowledged. */
export function createUseCaseStore({ connection, clock, audit }: UseCaseStoreDeps) {
  const useCases = useCaseModel(connection);
  const kind = 'use-case';

  async function find(id: string): Promise<UseCaseRecord> {
    const record = await useCases.findById(id).lean<UseCaseRecord>().exec();
    if (!record) throw notFound('use case');
    return record;
  }

  function actorOf(viewer: Viewer | 'system') {
    return viewer === 'system' ? viewer : { id: viewer.id, role: viewer.role };
  }

  async function change(
    by: Viewer | 'system',
    before: UseCaseRecord,
    action: string,
    fields: Partial<UseCaseRecord>,
  ): Promise<UseCaseRecord> {
    const after = await useCases
      .findOneAndUpdate(
        { _id: before._id, version: before.version },
        { $set: { ...fields, updatedAt: clock() }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<UseCaseRecord>()
      .exec();
    if (!after) throw staleVersion('use case');
    await audit.record({
      actor: actorOf(by),
      action: `use-case.${action}`,
      thing: { kind, id: before._id },
      before: auditedUseCase(before),
      after: auditedUseCase(after),
      reason: fields.reason ?? '',
    });
    return after;
  }

  return {
    model: useCases,
    find,
    change,

    async add(viewer: Viewer, record: UseCaseRecord): Promise<void> {
      await useCases.insertMany([record], { lean: true });
      await audit.record({
        actor: actorOf(viewer),
        action: 'use-case.add',
        thing: { kind, id: record._id },
        before: null,
        after: auditedUseCase(record),
      });
    },

    /** Takes an SME that is gone out of every use case; says out of how many. */
    async erase(smeId: string): Promise<number> {
      const found = await useCases.find({ 'solutions.smeId': smeId }).lean<UseCaseRecord[]>().exec();
      for (const { _id } of found) {
        // Somebody may be editing it: look again until this one is out.
        for (;;) {
          const record = await useCases.findById(_id).lean<UseCaseRecord>().exec();
          if (!record?.solutions.some((named) => named.smeId === smeId)) break;
          const left = namedPart(record.solutions.filter((named) => named.smeId !== smeId));
          try {
            await change('system', record, 'erase-company', left);
          } catch (error) {
            if (!isStale(error)) throw error;
          }
        }
      }
      return found.length;
    },

    /** Published use cases that show one of these solutions, by `solutionKey`. */
    async showing(keys: readonly string[]): Promise<readonly UseCaseRecord[]> {
      if (keys.length === 0) return [];
      return useCases
        .find({ shownKeys: trusted({ $in: [...keys] }), state: 'published' })
        .lean<UseCaseRecord[]>()
        .exec();
    },
  };
}

/** True where somebody else changed it in between. */
export const isStale = (error: unknown): boolean =>
  error instanceof HttpProblem && error.code === 'changed-meanwhile';
