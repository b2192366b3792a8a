import type { Connection } from 'mongoose';
import type { PersonalData, Subject } from '../privacy/personal-data.ts';
import {
  badgeModel,
  feedbackModel,
  presenceModel,
  requestModel,
  wishModel,
  type FeedbackRecord,
  type PresenceRecord,
  type RequestRecord,
  type WishRecord,
} from './model.ts';
import type { EventsFeature } from './feature.ts';

/** What live events keep of an SME: where it was, whom it wished to meet and asked, what it said of its meetings. */
export function eventsPersonalData(deps: {
  connection: Connection;
  events: Pick<EventsFeature, 'withdrawn'>;
}): readonly PersonalData[] {
  const presence = presenceModel(deps.connection);
  const wishes = wishModel(deps.connection);
  const requests = requestModel(deps.connection);
  const feedback = feedbackModel(deps.connection);
  const badges = badgeModel(deps.connection);
  const bothSides = (id: string) => ({ $or: [{ fromId: id }, { toId: id }] });

  async function countOf(id: string): Promise<number> {
    const counts = await Promise.all([
      presence.countDocuments({ smeId: id }).exec(),
      badges.countDocuments({ smeId: id }).exec(),
      wishes.countDocuments({ smeId: id }).exec(),
      requests.countDocuments(bothSides(id)).exec(),
      feedback.countDocuments({ $or: [{ smeId: id }, { partnerId: id }] }).exec(),
    ]);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  const ofSme = (read: (id: string) => Promise<readonly Record<string, unknown>[]>) => (subject: Subject) =>
    subject.kind === 'sme' ? read(subject.id) : Promise.resolve([]);
  const nothing = () => Promise.resolve(0);

  return [
    {
      name: 'event-presence',
      title: 'When you were at which event',
      stays:
        'Meetings that took place stay in the plan of their event by ids that lead nowhere, so that its figures still add up.',
      exportOf: ofSme(async (smeId) => {
        const found = await presence.find({ smeId }).lean<PresenceRecord[]>().exec();
        return found.map(({ eventId, state, since, history }) => ({
          eventId,
          state,
          since,
          history: history.map((line) => ({ state: line.state, at: line.at })),
        }));
      }),
      async erase({ kind, id }) {
        if (kind !== 'sme') return 0;
        const count = await countOf(id);
        await deps.events.withdrawn(id);
        return count;
      },
    },
    {
      name: 'event-wishes',
      title: 'Whom you wished to meet',
      stays: null,
      exportOf: ofSme(async (smeId) => {
        const found = await wishes.find({ smeId }).lean<WishRecord[]>().exec();
        return found.map(({ eventId, partnerId, wish, at }) => ({ eventId, partnerId, wish, at }));
      }),
      erase: nothing,
    },
    {
      name: 'event-requests',
      title: 'Whom you asked to meet, and who asked you',
      stays: null,
      exportOf: ofSme(async (smeId) => {
        const found = await requests.find(bothSides(smeId)).lean<RequestRecord[]>().exec();
        return found.map(({ eventId, fromId, toId, message, state, reason, comment, at }) => ({
          eventId,
          from: fromId === smeId ? 'you' : fromId,
          to: toId === smeId ? 'you' : toId,
          message,
          state,
          reason,
          comment,
          at,
        }));
      }),
      erase: nothing,
    },
    {
      name: 'event-feedback',
      title: 'What you said of your meetings',
      stays: null,
      exportOf: ofSme(async (smeId) => {
        const found = await feedback.find({ smeId }).lean<FeedbackRecord[]>().exec();
        return found.map(({ eventId, partnerId, answer, at }) => ({ eventId, partnerId, answer, at }));
      }),
      erase: nothing,
    },
  ];
}
