import type { PairingOptions } from '../../matching/index.ts';
import { SCALE } from '../../matching/types.ts';
import { conflict, HttpProblem } from '../http/errors.ts';
import type { PairingQuery } from './schema.ts';

/** What was asked, in the engine's whole numbers. */
export function optionsOf({ aim, minScore, over }: PairingQuery): PairingOptions {
  return { aim, minScore: Math.round(minScore * SCALE), ...(over ? { over } : {}) };
}

/** A run that was stopped, as a problem; other errors as they are. */
export function stoppedProblem(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  if (error.name === 'AbortError') {
    return conflict('pairing-stopped', 'Nobody waited for the pairs any more.');
  }
  if (error.name !== 'TimeoutError') return error;
  return new HttpProblem({
    status: 503,
    code: 'pairing-too-long',
    detail:
      'The best pairs of both settings were not found in the time for one question. A minimum score leaves fewer to look at.',
    cause: error,
  });
}
