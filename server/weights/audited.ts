import type { Connection } from 'mongoose';
import type { AuditedState, AuditedThings } from '../audit/audit.ts';
import { weightsModel, type WeightsRecord } from './model.ts';

/** There is one set of weights in force; its versions are the revisions of one thing. */
export const WEIGHTS_THING = { kind: 'weights', id: 'in-force' } as const;

/** A version of the weights as the audit log keeps it. */
export function weightsState({ version, values, note, undoOf }: WeightsRecord): AuditedState {
  return { version, values: { ...values }, note, undoOf };
}

/** The weights in force, for the comparison with the log. */
export function auditedWeights(connection: Connection): AuditedThings {
  return {
    kind: WEIGHTS_THING.kind,
    async states() {
      const newest = await weightsModel(connection)
        .findOne()
        .sort({ version: -1 })
        .lean<WeightsRecord>()
        .exec();
      return new Map(newest ? [[WEIGHTS_THING.id, weightsState(newest)]] : []);
    },
  };
}
