import { trusted, type Connection } from 'mongoose';
import { invitationModel } from './model.ts';

/** The invitations that a cluster sent to its members, seen from outside. */
export type MemberInvitations = ReturnType<typeof createMemberInvitations>;

export function createMemberInvitations({
  connection,
  clock,
}: {
  connection: Connection;
  clock: () => Date;
}) {
  const invitations = invitationModel(connection);
  return {
    /** How many members of a cluster have an invitation that waits. */
    openOfMembers: (clusterId: string): Promise<number> =>
      invitations
        .countDocuments({ memberOf: clusterId, state: 'open', expiresAt: trusted({ $gt: clock() }) })
        .exec(),

    /** Whoever takes the members sees and manages their invitations too. */
    async handOver(from: string, to: string | null): Promise<void> {
      await invitations.updateMany({ memberOf: from }, { $set: { memberOf: to } }).exec();
    },
  };
}
