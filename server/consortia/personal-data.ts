import { trusted, type Connection } from 'mongoose';
import type { PersonalData } from '../privacy/personal-data.ts';
import { consortiumModel, type ConsortiumRecord } from './model.ts';
import type { ConsortiumService } from './service.ts';

/** Consortia of an SME. */
export function consortiaPersonalData(deps: {
  connection: Connection;
  consortia: Pick<ConsortiumService, 'erase'>;
}): PersonalData {
  const consortia = consortiumModel(deps.connection);
  return {
    name: 'consortia',
    title: 'Consortia that you proposed or formed',
    stays:
      'That there was a consortium, and what became of it, stays for the figures of the call, without its title and summary.',
    async exportOf({ kind, id }) {
      if (kind !== 'sme') return [];
      const found = await consortia.find({ smeIds: id }).lean<ConsortiumRecord[]>().exec();
      return found.map(
        ({ _id, callId, eventId, a, b, state, details, version, reason, createdAt, formedAt }) => ({
          id: _id,
          callId,
          eventId,
          partnerId: a === id ? b : a,
          state,
          details,
          version,
          reason,
          createdAt,
          formedAt,
        }),
      );
    },
    async erase({ kind, id }) {
      if (kind !== 'sme') return 0;
      await deps.consortia.erase(id);
      const { modifiedCount } = await consortia
        .updateMany(
          { smeIds: id, state: trusted({ $in: ['withdrawn', 'dissolved'] }) },
          { $set: { 'details.title': '', 'details.summary': '', reason: '' } },
        )
        .exec();
      return modifiedCount;
    },
  };
}
