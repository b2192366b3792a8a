import type { Connection } from 'mongoose';
import { smeModel } from '../smes/model.ts';
import { followRecords } from '../storage/follow.ts';

/** One solution or need, as far as it counts here. */
export interface PoolItem {
  readonly capabilities: readonly string[];
  readonly fields: readonly string[];
}

/** What coverage counts of an SME: nothing that is confidential. */
export interface PoolSme {
  readonly country: string;
  readonly city: string | null;
  readonly clusterId: string | null;
  readonly offers: readonly PoolItem[];
  readonly needs: readonly PoolItem[];
}

export interface Pool {
  readonly smes: ReadonlyMap<string, PoolSme>;
  /** Grows with each change: what was worked out for a generation holds for it. */
  readonly generation: number;
}

const itemOf = ({ capabilities, fields }: PoolItem): PoolItem => ({ capabilities, fields });

/** The SMEs as coverage needs them, kept in memory and brought up to date when they are asked for. */
export function createPool(connection: Connection): { current(): Promise<Pool> } {
  const smes = new Map<string, PoolSme>();
  let generation = 0;
  const follower = followRecords(smeModel(connection), ['country', 'city', 'clusterId', 'solutions', 'needs'], {
    put({ _id, country, city, clusterId, solutions, needs }) {
      const items = { offers: solutions.map(itemOf), needs: needs.map(itemOf) };
      smes.set(_id, { country, city, clusterId, ...items });
      generation += 1;
    },
    remove(id) {
      smes.delete(id);
      generation += 1;
    },
  });
  return {
    async current() {
      await follower.fresh();
      return { smes, generation };
    },
  };
}
