import { trusted, type Model } from 'mongoose';
import { entryHash } from './audit.ts';
import type { AuditRecord } from './model.ts';

const BATCH = 1_000;

/** Entries after a number, in their order, without holding them all. */
export function entriesAfter(records: Model<AuditRecord>, seq: number): AsyncIterable<AuditRecord> {
  return records
    .find({ seq: trusted({ $gt: seq }) })
    .sort({ seq: 1 })
    .lean<AuditRecord>()
    .cursor({ batchSize: BATCH });
}

/** Where the chain is broken, in words. */
export interface ChainFault {
  readonly seq: number;
  readonly what: string;
}

/** Follows the chain of fingerprints entry by entry. */
export class ChainWalk {
  seq = 0;
  hash = '';
  fault: ChainFault | null = null;

  add({ _id, hash, ...body }: AuditRecord): void {
    if (this.fault === null) {
      const expected = this.seq + 1;
      if (body.seq !== expected) {
        this.fault = {
          seq: expected,
          what: `Entry ${expected} is missing: after ${this.seq} comes ${body.seq}.`,
        };
      } else if (hash !== entryHash(this.hash, body)) {
        this.fault = {
          seq: body.seq,
          what: `Entry ${body.seq} (${_id}) or the one before it was changed after it was written.`,
        };
      }
    }
    this.seq = body.seq;
    this.hash = hash;
  }
}
