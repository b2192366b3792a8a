import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Audit, AuditEntry } from '../audit/audit.ts';
import { newId } from '../storage/ids.ts';
import { erasureModel, type ErasureRecord } from './model.ts';
import type { PersonalData, Subject } from './personal-data.ts';

export interface ErasureDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly audit: Audit;
  /** In the order of erasing. */
  readonly personalData: () => readonly PersonalData[];
}

/** Lets go of a person or an SME in every feature. */
export interface Erasures {
  /** Erases a subject; what it began is finished at the next start where a crash comes between. Safe to repeat. */
  run(subject: Subject, by: Exclude<AuditEntry['actor'], 'system'>): Promise<ErasureRecord>;
  /** At the start: finishes what a crash cut short. */
  resume(): Promise<void>;
}

/*
 * That somebody is to be erased is written down first, then each feature lets go, then it is done. Features erase what is theirs in a way
 * that can be repeated, so after a crash all of them are asked again.
 */
export function createErasures(deps: ErasureDeps): Erasures {
  const { clock, audit, log } = deps;
  const erasures = erasureModel(deps.connection);

  async function finish(record: ErasureRecord): Promise<ErasureRecord> {
    const subject: Subject = { kind: record.kind, id: record.subjectId };
    const counts: Record<string, number> = { ...record.counts };
    for (const data of deps.personalData()) {
      const count = await data.erase(subject);
      if (count > 0) counts[data.name] = (counts[data.name] ?? 0) + count;
    }
    const done: ErasureRecord = { ...record, state: 'done', finishedAt: clock(), counts };
    await erasures
      .updateOne({ _id: record._id }, { $set: { state: 'done', finishedAt: done.finishedAt, counts } })
      .exec();
    await note(done, 'erasure.end');
    log.info({ event: 'subject_erased', kind: record.kind, erasureId: record._id, counts }, 'erased');
    return done;
  }

  async function note(record: ErasureRecord, action: 'erasure.begin' | 'erasure.end'): Promise<void> {
    const { _id, kind, subjectId, state, counts } = record;
    await audit.record({
      actor: action === 'erasure.begin' ? record.by : 'system',
      action,
      thing: { kind: 'erasure', id: _id },
      before: null,
      after: { kind, subjectId, state, counts: { ...counts } },
    });
  }

  return {
    async run(subject, by) {
      const record: ErasureRecord = {
        _id: newId(),
        kind: subject.kind,
        subjectId: subject.id,
        state: 'running',
        startedAt: clock(),
        finishedAt: null,
        by: { id: by.id, role: by.role },
        counts: {},
      };
      await erasures.insertMany([record], { lean: true });
      await note(record, 'erasure.begin');
      return finish(record);
    },

    async resume() {
      const cutShort = await erasures.find({ state: 'running' }).lean<ErasureRecord[]>().exec();
      for (const record of cutShort) await finish(record);
    },
  };
}
