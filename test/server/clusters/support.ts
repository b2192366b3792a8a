import type { Connection } from 'mongoose';
import { smeModel } from '../../../server/smes/model.ts';
import { newRecord } from '../../../server/smes/record.ts';
import { smeInputSchema } from '../../../server/smes/schema.ts';
import { newId } from '../../../server/storage/ids.ts';

/** Gives a cluster this many members, past the services. */
export async function addMembers(connection: Connection, clusterId: string, count: number): Promise<void> {
  const at = new Date('2026-01-01T00:00:00.000Z');
  const records = Array.from({ length: count }, (_, number) => {
    const input = smeInputSchema.parse({ name: `Member ${number} of ${clusterId}`, country: 'FI' });
    return newRecord({ id: newId(), clusterId, input, source: null, externalId: null }, at, newId);
  });
  await smeModel(connection).insertMany(records, { lean: true });
}
