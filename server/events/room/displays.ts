import type { Connection } from 'mongoose';
import { hashToken, newToken } from '../../accounts/tokens.ts';
import type { Viewer } from '../../accounts/viewer.ts';
import { conflict, notFound, notSignedIn } from '../../http/errors.ts';
import type { Live } from '../../live/live.ts';
import { newId } from '../../storage/ids.ts';
import { displayModel, type DisplayRecord } from '../model.ts';
import type { DisplayLinkView } from './schema.ts';
import type { EventStore } from '../life/store.ts';

export interface DisplaysDeps {
  readonly connection: Connection;
  readonly events: EventStore;
  readonly live: Pick<Live, 'endDisplay'>;
  readonly publicUrl: () => string;
  readonly clock: () => Date;
}

export type Displays = ReturnType<typeof createDisplays>;

const DISPLAYS_MAX = 20;

/** Links for projectors: nobody signs in there, and whoever has the link sees the room and nothing else. */
export function createDisplays({ connection, events, live, publicUrl, clock }: DisplaysDeps) {
  const displays = displayModel(connection);

  const present = (record: DisplayRecord, url: string | null): DisplayLinkView => ({
    id: record._id,
    label: record.label,
    createdAt: record.createdAt.toISOString(),
    url,
  });

  async function admit(token: string): Promise<{ displayId: string; eventId: string } | null> {
    const found = await displays
      .findOne({ tokenHash: hashToken(token) })
      .lean<DisplayRecord>()
      .exec();
    return found && { displayId: found._id, eventId: found.eventId };
  }

  return {
    admit,

    /** Who may see a room: staff, and the displays of the event. @throws HttpProblem 401, 404 */
    async check(viewer: Viewer | null, eventId: string, token: string | undefined): Promise<void> {
      if (token === undefined) {
        if (viewer === null) throw notSignedIn();
        if (viewer.role !== 'staff') throw notFound('display');
        return;
      }
      if ((await admit(token))?.eventId !== eventId) throw notFound('display');
    },

    /** @throws HttpProblem 404 */
    async list(eventId: string): Promise<DisplayLinkView[]> {
      await events.get(eventId);
      const found = await displays.find({ eventId }).sort({ _id: 1 }).lean<DisplayRecord[]>().exec();
      return found.map((record) => present(record, null));
    },

    /** Makes a link; its address is shown this once. @throws HttpProblem 404, 409 */
    async add(viewer: Viewer, eventId: string, label: string): Promise<DisplayLinkView> {
      await events.get(eventId);
      if ((await displays.countDocuments({ eventId }).exec()) >= DISPLAYS_MAX) {
        throw conflict('too-many-displays', `There may be ${DISPLAYS_MAX} displays. Withdraw one first.`);
      }
      const token = newToken();
      const record: DisplayRecord = {
        _id: newId(),
        eventId,
        tokenHash: hashToken(token),
        label,
        createdAt: clock(),
        createdBy: viewer.id,
      };
      await displays.insertMany([record], { lean: true });
      // Behind '#', so that the token is in no log of any server.
      return present(record, `${publicUrl()}/events/${eventId}/room#${token}`);
    },

    /** Withdraws a link; the display goes dark at once. @throws HttpProblem 404 */
    async remove(eventId: string, displayId: string): Promise<void> {
      const { deletedCount } = await displays.deleteOne({ _id: displayId, eventId }).exec();
      if (deletedCount === 0) throw notFound('display');
      live.endDisplay(displayId);
    },
  };
}
