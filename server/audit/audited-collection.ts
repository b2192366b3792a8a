import type { Model, QueryFilter } from 'mongoose';
import type { AuditedState, AuditedThings } from './audit.ts';

/**
 * The states of all records of one collection, for comparison with the audit log.
 *
 * @param kind as the entries of the log name it
 * @param stateOf the decided state of a record, as the log tells it; null where nothing was decided about it yet
 */
export function auditedCollection<T extends { _id: string }>(
  kind: string,
  model: Model<T>,
  stateOf: (record: T) => AuditedState | null,
): AuditedThings {
  return {
    kind,
    async states() {
      const states = new Map<string, AuditedState>();
      // All of them, a batch at a time.
      const cursor = model
        .find({} as QueryFilter<T>)
        .sort({ _id: 1 })
        .lean<T[]>()
        .cursor();
      for await (const record of cursor) {
        // A lean cursor hands out plain records.
        const plain = record;
        const state = stateOf(plain);
        if (state !== null) states.set(plain._id, state);
      }
      return states;
    },
  };
}
