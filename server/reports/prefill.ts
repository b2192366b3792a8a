import { trusted, type Connection } from 'mongoose';
import { invitationModel } from '../accounts/model.ts';
import { eventModel, presenceModel } from '../events/model.ts';
import { smeModel } from '../smes/model.ts';
import { useCaseModel } from '../use-cases/model.ts';
import { endOf, startOf } from './days.ts';
import type { Prefilled } from './schema.ts';

export interface PrefillDeps {
  readonly connection: Connection;
  /** How many posts and comments a cluster wrote. */
  readonly posts: (clusterId: string, from: Date, to: Date) => Promise<number>;
  readonly questions: (clusterId: string, from: Date, to: Date) => Promise<number>;
}

/** Counts what a cluster did in Tandem in a period; its last day is part of it. */
export function createPrefill(deps: PrefillDeps) {
  const smes = smeModel(deps.connection);
  const invitations = invitationModel(deps.connection);
  const events = eventModel(deps.connection);
  const presence = presenceModel(deps.connection);
  const useCases = useCaseModel(deps.connection);

  /** Members that came to an event of the period; each counts once per event. */
  async function attendances(clusterId: string, from: Date, to: Date): Promise<number> {
    const within = { $gte: from.toISOString(), $lt: to.toISOString() };
    const held = await events
      .find(
        {
          'timetable.startsAt': trusted(within),
          state: trusted({ $in: ['published', 'open', 'paused', 'ended'] }),
        },
        { _id: 1 },
      )
      .lean<{ _id: string }[]>()
      .exec();
    if (held.length === 0) return 0;
    const members = await smes.find({ clusterId }, { _id: 1 }).lean<{ _id: string }[]>().exec();
    return presence
      .countDocuments({
        smeId: trusted({ $in: members.map(({ _id }) => _id) }),
        eventId: trusted({ $in: held.map(({ _id }) => _id) }),
        state: trusted({ $in: ['here', 'left'] }),
      })
      .exec();
  }

  return async (clusterId: string, period: { from: string; to: string }): Promise<Prefilled> => {
    const from = startOf(period.from);
    const to = endOf(period.to);
    const createdAt = trusted({ $gte: from, $lt: to });
    const [membersRegistered, invitationsSent, eventAttendances, told, posts, questions] = await Promise.all([
      smes.countDocuments({ clusterId, createdAt }).exec(),
      invitations.countDocuments({ memberOf: clusterId, createdAt }).exec(),
      attendances(clusterId, from, to),
      useCases.countDocuments({ clusterId, createdAt }).exec(),
      deps.posts(clusterId, from, to),
      deps.questions(clusterId, from, to),
    ]);
    return { membersRegistered, invitationsSent, eventAttendances, useCases: told, posts, questions };
  };
}
