import type { Connection } from 'mongoose';
import type { PersonalData } from '../privacy/personal-data.ts';
import { runInputModel, type RunInputRecord } from './model.ts';
import type { RunsService } from './service.ts';

/** Copies of a profile that were kept so that runs can be repeated. */
export function runsPersonalData(deps: {
  connection: Connection;
  runs: Pick<RunsService, 'erase'>;
}): PersonalData {
  const inputs = runInputModel(deps.connection);
  return {
    name: 'run-inputs',
    title: 'Copies of the profile that runs for the best pairs were made from',
    stays:
      'The pairs of a past run stay by ids that lead nowhere, so that its figures still add up; it can no longer be repeated.',
    async exportOf({ kind, id }) {
      if (kind !== 'sme') return [];
      const found = await inputs.find({ smeId: id }).lean<RunInputRecord[]>().exec();
      return found.map(({ at, text }) => ({ at, profile: text }));
    },
    async erase({ kind, id }) {
      if (kind !== 'sme') return 0;
      const count = await inputs.countDocuments({ smeId: id }).exec();
      await deps.runs.erase(id);
      return count;
    },
  };
}
