import type { Connection } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { notSignedIn, staleVersion } from '../http/errors.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { mappingSettingsModel, type MappingSettingsRecord } from './model.ts';
import type { MappingSettings } from './schema.ts';

const ID = 'mapping';
const FIRST: MappingSettings = { version: 0, isPublic: false };

export interface MappingSettingsDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
}

export type MappingSettingsService = ReturnType<typeof createMappingSettings>;

const present = ({ version, isPublic }: Pick<MappingSettingsRecord, 'version' | 'isPublic'>) => ({
  version,
  isPublic,
});

/** Whether the mapping is public: kept in the database, so that it holds for every process at once. */
export function createMappingSettings({ connection, clock, audit }: MappingSettingsDeps) {
  const settings = mappingSettingsModel(connection);

  async function current(): Promise<MappingSettings> {
    const record = await settings.findById(ID).lean<MappingSettingsRecord>().exec();
    return record ? present(record) : FIRST;
  }

  /** One conditional write; false where somebody else changed it since. */
  async function write(version: number, isPublic: boolean): Promise<boolean> {
    const changedAt = clock();
    if (version === 0) {
      try {
        await settings.insertMany([{ _id: ID, version: 1, isPublic, changedAt }], { lean: true });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    }
    const { modifiedCount } = await settings
      .updateOne({ _id: ID, version }, { $set: { isPublic, changedAt }, $inc: { version: 1 } })
      .exec();
    return modifiedCount === 1;
  }

  return {
    current,

    /** Opens the mapping to everybody, or closes it again; 412 where somebody else did in between. */
    async change(viewer: Viewer, { version, isPublic }: MappingSettings): Promise<MappingSettings> {
      if (!(await write(version, isPublic))) throw staleVersion('setting');
      const after = { version: version + 1, isPublic };
      await audit.record({
        actor: viewer,
        action: isPublic ? 'mapping.open' : 'mapping.close',
        thing: { kind: 'mapping-settings', id: ID },
        before: version === 0 ? null : { version, isPublic: !isPublic },
        after,
      });
      return after;
    },

    /** 401 for a reader without an account while the mapping is not public. */
    async refuseStrangers(viewer: Viewer | null): Promise<void> {
      if (viewer === null && !(await current()).isPublic) throw notSignedIn();
    },
  };
}
