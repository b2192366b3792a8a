import type { Connection } from 'mongoose';
import type { AuditedThings } from '../audit/audit.ts';
import { mappingSettingsModel, type MappingSettingsRecord } from './model.ts';

/** Whether the mapping is public as the database has it, for the audit log. */
export function auditedMapping(connection: Connection): AuditedThings {
  const settings = mappingSettingsModel(connection);
  return {
    kind: 'mapping-settings',
    async states() {
      const all = await settings.find({}).lean<MappingSettingsRecord[]>().exec();
      return new Map(all.map(({ _id, version, isPublic }) => [_id, { version, isPublic }]));
    },
  };
}
