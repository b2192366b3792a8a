import type { Connection } from 'mongoose';
import type { PersonalData } from '../privacy/personal-data.ts';
import { useCaseModel, type UseCaseRecord } from './model.ts';

/** That use cases name an SME, or asked whether they may. */
export function useCasesPersonalData(deps: {
  connection: Connection;
  useCases: { erase(smeId: string): Promise<number> };
}): PersonalData {
  const records = useCaseModel(deps.connection);
  return {
    name: 'use-cases',
    title: 'Use cases that name your solutions, and what you answered',
    stays: null,
    async exportOf({ kind, id }) {
      if (kind !== 'sme') return [];
      const found = await records.find({ 'solutions.smeId': id }).lean<UseCaseRecord[]>().exec();
      return found.flatMap(({ _id, title, solutions }) =>
        solutions
          .filter(({ smeId }) => smeId === id)
          .map(({ solutionId, consent }) => ({ useCaseId: _id, title, solutionId, consent })),
      );
    },
    erase: ({ kind, id }) => (kind === 'sme' ? deps.useCases.erase(id) : Promise.resolve(0)),
  };
}
