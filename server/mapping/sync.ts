import type { Connection } from 'mongoose';
import { answersSince, isAllowedUntilAsked } from '../privacy/standing.ts';
import { smeModel } from '../smes/model.ts';
import { followRecords, type Follower } from '../storage/follow.ts';
import { MAPPED_FIELDS, type Catalogue } from './catalogue.ts';

/** An answer can be stored a little after the time that it bears, and clocks of processes differ: answers are looked for this far back. */
const OVERLAP_MS = 10_000;

/**
 * Keeps the catalogue of this process as the database is: each look reads who agreed to the public mapping or no longer does, and then which
 * profiles changed, so several processes need no word from each other and none goes stale.
 */
export function createCatalogueSync(deps: { connection: Connection; catalogue: Catalogue }): Follower {
  const { connection, catalogue } = deps;
  const untilAsked = isAllowedUntilAsked('public-map');
  const answers = new Map<string, boolean>();
  /** When the newest known answer was given. */
  let newest = 0;

  /** Companies that agreed to the public mapping, or took that back: their profile did not change. */
  async function readAnswers(): Promise<void> {
    const found = await answersSince(connection, 'public-map', new Date(newest - OVERLAP_MS));
    for (const { subjectId, given, at } of found) {
      newest = Math.max(newest, at.getTime());
      answers.set(subjectId, given);
      catalogue.list(subjectId, given);
    }
  }

  return followRecords(
    smeModel(connection),
    MAPPED_FIELDS,
    {
      put(sme) {
        catalogue.put({ ...sme, listedPublicly: answers.get(sme._id) ?? untilAsked });
      },
      remove(id) {
        answers.delete(id);
        catalogue.remove(id);
      },
    },
    { first: readAnswers },
  );
}
