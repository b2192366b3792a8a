import { trusted, type Connection } from 'mongoose';
import { claimsModel, type ClaimsRecord } from './model.ts';

/** The register of who is in a consortium of a call. */
export interface Claims {
  /** SMEs that are in a consortium of the call, with its id. */
  taken(callId: string): Promise<ReadonlyMap<string, string>>;
  /** Every consortium that holds SMEs, of whatever call. */
  holders(): Promise<ReadonlySet<string>>;
  /**
   * Takes both SMEs for a consortium, or neither: one conditional write on one document, so that whatever races, an SME is in one
   * consortium of a call at most. @returns false where one of them is taken by another one
   */
  take(callId: string, consortiumId: string, pair: readonly [string, string]): Promise<boolean>;
  /** Gives both back, if they are held by this consortium. */
  release(callId: string, consortiumId: string, pair: readonly [string, string]): Promise<void>;
}

export function createClaims(connection: Connection): Claims {
  const registers = claimsModel(connection);

  async function find(callId: string): Promise<ClaimsRecord | null> {
    return registers.findById(callId).lean<ClaimsRecord>().exec();
  }

  /** Makes the register of a call if there is none; safe to repeat and to race. */
  async function ensure(callId: string): Promise<void> {
    await registers.updateOne({ _id: callId }, { $setOnInsert: { taken: {} } }, { upsert: true }).exec();
  }

  return {
    async taken(callId) {
      return new Map(Object.entries((await find(callId))?.taken ?? {}));
    },

    async holders() {
      const all = await registers.find().lean<ClaimsRecord[]>().exec();
      return new Set(all.flatMap(({ taken }) => Object.values(taken)));
    },

    async take(callId, consortiumId, [a, b]) {
      await ensure(callId);
      const free = trusted({ $exists: false });
      const { matchedCount } = await registers
        .updateOne(
          { _id: callId, [`taken.${a}`]: free, [`taken.${b}`]: free },
          { $set: { [`taken.${a}`]: consortiumId, [`taken.${b}`]: consortiumId } },
        )
        .exec();
      if (matchedCount === 1) return true;
      // A repeat of what went through already, as after a crash, is no refusal.
      const { taken = {} } = (await find(callId)) ?? {};
      return taken[a] === consortiumId && taken[b] === consortiumId;
    },

    async release(callId, consortiumId, [a, b]) {
      await registers
        .updateOne(
          { _id: callId, [`taken.${a}`]: consortiumId, [`taken.${b}`]: consortiumId },
          { $unset: { [`taken.${a}`]: 1, [`taken.${b}`]: 1 } },
        )
        .exec();
    },
  };
}
