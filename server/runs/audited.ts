import type { AuditedState } from '../audit/audit.ts';
import type { RunRecord } from './model.ts';

/**
 * A run as the audit log keeps it: what it was made from (the call with its rules, the weights, all inputs, each by its hash) and what
 * came of it. The run itself holds the inputs; run again from them it must lead to the same `resultHash`. There is no seed, as the
 * engine leaves nothing to chance.
 */
export function runState(run: RunRecord): AuditedState {
  const { engine, callId, callHash, weightsVersion, weights, asked, inputHash, resultHash, smes, pairs } =
    run;
  return {
    engine,
    callId,
    callHash,
    weightsVersion,
    weights: { ...weights },
    asked: { ...asked },
    inputHash,
    resultHash,
    seed: null,
    smes,
    pairs,
    status: run.outcome.status,
    total: run.outcome.total,
  };
}
