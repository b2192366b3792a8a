import { trusted, type Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { InvitationsService } from '../accounts/invitations.ts';
import type { MemberInvitations } from '../accounts/member-invitations.ts';
import type { AccountsService } from '../accounts/service.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { conflict, invalidField, notAllowed, notFound } from '../http/errors.ts';
import type { Post } from '../mail/post.ts';
import { clusterState } from './audited.ts';
import { clusterLeftMail, handedOverMail } from './mails.ts';
import { clusterModel, type ClusterRecord } from './model.ts';
import { mayManageCluster } from './policy.ts';
import { presentCluster } from './present.ts';
import type { ClusterView, Leave, LeavingView } from './schema.ts';

export interface LeavingDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: Pick<Logger, 'error'>;
  readonly audit: Audit;
  readonly post: Post;
  readonly accounts: Pick<AccountsService, 'accountsOf' | 'closeAllOf' | 'recipientsOf'>;
  readonly invitations: Pick<InvitationsService, 'revokeAllOf'> & MemberInvitations;
  readonly members: {
    count(clusterId: string): Promise<number>;
    /** Gives all members of a cluster to another one, or to none; answers with who they were. Safe to repeat. */
    handOver(by: Viewer | 'system', from: string, to: string | null): Promise<readonly string[]>;
  };
  /** A cluster went: what depends on which clusters there are is worked out anew. */
  readonly left: () => Promise<void>;
}

export type Leaving = ReturnType<typeof createLeaving>;

/**
 * Leaving: a cluster may go at any time, and staff may end it. One conditional write decides that it left and notes what is to become of
 * its members; what follows (members, invitations, accounts) can be done again, and is, at the next start, where a crash came between.
 */
export function createLeaving(deps: LeavingDeps) {
  const { clock, audit, post, accounts, invitations, members, log } = deps;
  const clusters = clusterModel(deps.connection);

  async function findMine(viewer: Viewer, id: string): Promise<ClusterRecord> {
    const cluster = await clusters.findById(id).lean<ClusterRecord>().exec();
    if (!cluster) throw notFound('cluster');
    if (!mayManageCluster(viewer, id))
      throw notAllowed('Only staff and the cluster itself may end its part.');
    return cluster;
  }

  function checkMayLeave(viewer: Viewer, cluster: ClusterRecord): void {
    if (cluster.leftAt) throw conflict('left-already', `${cluster.name} has left already.`);
    if (viewer.role === 'staff' || cluster.kind === 'ambassador') return;
    throw notAllowed('A partner of the consortium is bound by the grant: ask the staff to end its part.');
  }

  async function checkSuccessor(id: string, handOverTo: string | null): Promise<void> {
    if (handOverTo === null) return;
    if (handOverTo === id) throw invalidField('handOverTo', 'must be another cluster');
    if ((await clusters.exists({ _id: handOverTo, leftAt: null })) === null)
      throw invalidField('handOverTo', 'there is no such cluster, or it has left');
  }

  async function finish(by: Viewer | 'system', cluster: ClusterRecord): Promise<number> {
    const to = cluster.leaving?.handOverTo ?? null;
    const moved = await members.handOver(by, cluster._id, to);
    await invitations.handOver(cluster._id, to);
    await invitations.revokeAllOf({ clusterId: cluster._id });
    await accounts.closeAllOf({ clusterId: cluster._id });
    await clusters.updateOne({ _id: cluster._id }, { $set: { leaving: null } }).exec();
    if (moved.length > 0) {
      post.prepare(() => tellOfMove(cluster, to, moved));
    }
    await deps.left();
    return moved.length;
  }

  /** The members hear who looks after them now, and the cluster that takes them hears that they are its own. */
  async function tellOfMove(
    left: ClusterRecord,
    to: string | null,
    smeIds: readonly string[],
  ): Promise<void> {
    const [successor, people] = await Promise.all([
      to === null ? null : clusters.findById(to, { name: 1 }).lean<Pick<ClusterRecord, 'name'>>().exec(),
      accounts.recipientsOf({ smeIds }),
    ]);
    for (const { email, name } of people)
      post.send(clusterLeftMail({ email, name, left: left.name, successor: successor?.name ?? null }));
    if (to === null) return;
    for (const { email, name } of await accounts.recipientsOf({ clusterId: to }))
      post.send(handedOverMail({ email, name, from: left.name, members: smeIds.length }));
  }

  return {
    /** What would come of it, before it is done. */
    async preview(viewer: Viewer, id: string): Promise<LeavingView> {
      const cluster = await findMine(viewer, id);
      const [memberCount, people, open, others] = await Promise.all([
        members.count(id),
        accounts.accountsOf({ clusterId: id }),
        invitations.openOfMembers(id),
        clusters
          .find({ leftAt: null, _id: trusted({ $ne: id }) })
          .sort({ searchName: 1, _id: 1 })
          .lean<ClusterRecord[]>()
          .exec(),
      ]);
      const isNear = (other: ClusterRecord): number => (other.country === cluster.country ? 0 : 1);
      return {
        members: memberCount,
        people: people.length,
        invitations: open,
        successors: others
          .toSorted((one, other) => isNear(one) - isNear(other))
          .map(({ _id, name, country, region }) => ({ id: _id, name, country, region })),
      };
    },

    /** Ends a cluster's part. Of two who end it at once, one does; the other gets 409. */
    async leave(
      viewer: Viewer,
      id: string,
      { handOverTo, reason }: Leave,
    ): Promise<{ cluster: ClusterView; movedMembers: number }> {
      const before = await findMine(viewer, id);
      checkMayLeave(viewer, before);
      await checkSuccessor(id, handOverTo);
      const now = clock();
      const after = await clusters
        .findOneAndUpdate(
          { _id: id, leftAt: null },
          { $set: { leftAt: now, leaving: { handOverTo }, updatedAt: now }, $inc: { revision: 1 } },
          { returnDocument: 'after' },
        )
        .lean<ClusterRecord>()
        .exec();
      if (!after) throw conflict('left-already', `${before.name} has left already.`);
      await audit.record({
        actor: viewer,
        action: 'cluster.leave',
        thing: { kind: 'cluster', id },
        before: clusterState(before),
        after: clusterState(after),
        ...(reason === '' ? {} : { reason }),
      });
      const movedMembers = await finish(viewer, after);
      return { cluster: presentCluster(after, 0), movedMembers };
    },

    /** Finishes what a crash interrupted; called once at start. */
    async reconcile(): Promise<void> {
      const unfinished = await clusters
        .find({ leaving: trusted({ $ne: null }) })
        .lean<ClusterRecord[]>()
        .exec();
      for (const cluster of unfinished) {
        await finish('system', cluster).catch((error: unknown) => {
          log.error(
            { err: error, clusterId: cluster._id },
            'what follows when a cluster left is not done yet',
          );
        });
      }
    },
  };
}
