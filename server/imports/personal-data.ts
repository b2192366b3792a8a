import type { Connection } from 'mongoose';
import type { PersonalData } from '../privacy/personal-data.ts';
import { importRowModel, type ImportRowRecord } from './model.ts';

/** Rows of uploaded files that an SME came from. */
export function importsPersonalData(connection: Connection): PersonalData {
  const rows = importRowModel(connection);
  const of = (id: string) => ({ $or: [{ smeId: id }, { targetId: id }] });
  return {
    name: 'import-rows',
    title: 'Rows of files that your cluster uploaded about you',
    stays: 'How many rows a file had, and what became of them, stays, without the rows.',
    async exportOf({ kind, id }) {
      if (kind !== 'sme') return [];
      const found = await rows.find(of(id)).lean<ImportRowRecord[]>().exec();
      return found.map(({ importId, line, name, country, outcome, source, externalId, input }) => ({
        importId,
        line,
        name,
        country,
        outcome,
        source,
        externalId,
        input,
      }));
    },
    async erase({ kind, id }) {
      if (kind !== 'sme') return 0;
      const { deletedCount } = await rows.deleteMany(of(id)).exec();
      return deletedCount;
    },
  };
}
