import type { Connection } from 'mongoose';
import type { z } from 'zod';
import type { Viewer } from '../../accounts/viewer.ts';
import { conflict, invalidField, notAllowed, notFound } from '../../http/errors.ts';
import type { SmeService } from '../../smes/service.ts';
import { smeOf } from '../acting.ts';
import { wishModel, type WishRecord } from '../model.ts';
import type { WishKind, wishSchema } from './schema.ts';
import type { EventService } from '../life/service.ts';
import { isLive } from '../life/state.ts';

export interface WishServiceDeps {
  readonly connection: Connection;
  readonly eventService: Pick<EventService, 'seen'>;
  readonly smes: Pick<SmeService, 'cards' | 'owner'>;
  readonly clock: () => Date;
}

export type WishView = z.infer<typeof wishSchema>;
export type WishService = ReturnType<typeof createWishService>;

/** Whoever must meet everybody must meet nobody in particular. */
export const MUST_MEET_MAX = 10;
export const WISHES_MAX = 100;

/** Wishes: private to the SME and staff; they feed the plan. 'Not for me' is an answer to a suggestion, for all events alike. */
export function createWishService({ connection, eventService, smes, clock }: WishServiceDeps) {
  const wishes = wishModel(connection);

  const find = (eventId: string, smeId: string): Promise<WishRecord[]> =>
    wishes.find({ eventId, smeId }).sort({ _id: 1 }).lean<WishRecord[]>().exec();

  async function of(eventId: string, smeId: string): Promise<WishView[]> {
    const found = await find(eventId, smeId);
    const cards = await smes.cards(found.map(({ partnerId }) => partnerId));
    return found.flatMap(({ partnerId, wish, at }) => {
      const partner = cards.get(partnerId);
      return partner ? [{ partner, wish, at: at.toISOString() }] : [];
    });
  }

  /** @throws HttpProblem 400, 403, 404, 409 */
  async function wisher(viewer: Viewer, eventId: string, named: string | undefined): Promise<string> {
    const event = await eventService.seen(viewer, eventId);
    if (viewer.role === 'cluster') throw notAllowed('Wishes are between an SME and staff.');
    if (!isLive(event.state)) throw conflict('event-not-live', `${event.name} is ${event.state}.`);
    return smeOf(viewer, named, smes);
  }

  function checkNumber(others: readonly WishRecord[], wish: WishKind): void {
    if (others.length >= WISHES_MAX)
      throw conflict('too-many-wishes', `There may be ${WISHES_MAX} wishes at most.`);
    if (wish !== 'must-meet') return;
    const must = others.filter((other) => other.wish === 'must-meet').length;
    if (must < MUST_MEET_MAX) return;
    const detail = `You have ${MUST_MEET_MAX} partners that you must meet. Make one of them 'would like' first.`;
    throw conflict('too-many-wishes', detail);
  }

  return {
    of,

    /** All wishes of an event, for the plan. */
    all: (eventId: string): Promise<WishRecord[]> =>
      wishes.find({ eventId }).sort({ _id: 1 }).lean<WishRecord[]>().exec(),

    /** @throws HttpProblem 403, 404 */
    async list(viewer: Viewer, eventId: string, named: string | undefined): Promise<WishView[]> {
      await eventService.seen(viewer, eventId);
      if (viewer.role === 'cluster') throw notAllowed('Wishes are between an SME and staff.');
      return of(eventId, await smeOf(viewer, named, smes));
    },

    /** A second wish of the same partner replaces the first. @throws HttpProblem 400, 403, 404, 409 */
    async put(
      viewer: Viewer,
      eventId: string,
      named: string | undefined,
      input: { partnerId: string; wish: WishKind },
    ): Promise<WishView[]> {
      const smeId = await wisher(viewer, eventId, named);
      const { partnerId, wish } = input;
      if (partnerId === smeId)
        throw invalidField('partnerId', 'must be another SME than the one that wishes');
      if (!(await smes.owner(partnerId))) throw invalidField('partnerId', `there is no SME '${partnerId}'`);
      checkNumber(
        (await find(eventId, smeId)).filter((other) => other.partnerId !== partnerId),
        wish,
      );
      await wishes
        .updateOne(
          { _id: `${eventId}:${smeId}:${partnerId}` },
          { $set: { eventId, smeId, partnerId, wish, at: clock() } },
          { upsert: true },
        )
        .exec();
      return of(eventId, smeId);
    },

    /** @throws HttpProblem 403, 404, 409 */
    async remove(
      viewer: Viewer,
      eventId: string,
      named: string | undefined,
      partnerId: string,
    ): Promise<void> {
      const smeId = await wisher(viewer, eventId, named);
      const { deletedCount } = await wishes.deleteOne({ _id: `${eventId}:${smeId}:${partnerId}` }).exec();
      if (deletedCount === 0) throw notFound('wish');
    },

    /** Forgets an SME that was withdrawn. */
    async erase(smeId: string): Promise<void> {
      await wishes.deleteMany({ $or: [{ smeId }, { partnerId: smeId }] }).exec();
    },
  };
}
