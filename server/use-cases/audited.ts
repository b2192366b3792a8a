import type { Connection } from 'mongoose';
import type { AuditedThings } from '../audit/audit.ts';
import { useCaseModel, type UseCaseRecord } from './model.ts';
import { auditedUseCase } from './present.ts';

/** Use cases as the database has them, for the audit log. */
export function auditedUseCases(connection: Connection): AuditedThings {
  const useCases = useCaseModel(connection);
  return {
    kind: 'use-case',
    async states() {
      const all = await useCases.find({}).lean<UseCaseRecord[]>().exec();
      return new Map(all.map((record) => [record._id, auditedUseCase(record)]));
    },
  };
}
