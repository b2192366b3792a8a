import { trusted, type Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { InvitationsService } from '../accounts/invitations.ts';
import type { MemberInvitations } from '../accounts/member-invitations.ts';
import type { AccountsService } from '../accounts/service.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { conflict, invalidField, notAllowed, notFound } from '../http/errors.ts';
import type { Live } from '../live/live.ts';
import { taskProgress } from '../live/task-progress.ts';
import type { Post } from '../mail/post.ts';
import type { createHandOver, HandOver } from '../smes/hand-over.ts';
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
  readonly members: ReturnType<typeof createHandOver>;
  readonly live: Pick<Live, 'progress'>;
  /** A cluster went: what depends on which clusters there are is worked out anew. */
  readonly left: () => Promise<void>;
}

export type Leaving = ReturnType<typeof createLeaving>;

type Step = 'moved' | 'back';

/** Members are being moved: neither are they all, nor was it stopped. */
const MOVING = {
  leaving: trusted({ $ne: null }),
  'leaving.step': trusted({ $nin: ['moved' as const, 'back' as const] }),
};

/**
 * Leaving: a cluster may go at any time, and staff may end it. One conditional write decides that it left and notes what is to become of
 * its members. Moving them can take a while; until the last one is moved it can be stopped, then they are given back and the cluster is with
 * us again. Which of the two it is, one conditional write decides. What follows (members, invitations, accounts) can be done again, and is,
 * at the next start, where a crash came between.
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
    if (cluster.leaving?.step === 'back') {
      throw conflict(
        'leaving-stopped',
        `The members of ${cluster.name} are being given back to it. Try again in a moment.`,
      );
    }
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

  /** Takes a step that nobody has taken otherwise meanwhile; answers with where it stands, null where it is over. */
  async function step(id: string, to: Step): Promise<Step | null> {
    const taken = await clusters.updateOne({ _id: id, ...MOVING }, { $set: { 'leaving.step': to } }).exec();
    if (taken.modifiedCount === 1) return to;
    const now = await clusters.findById(id, { leaving: 1 }).lean<Pick<ClusterRecord, 'leaving'>>().exec();
    return now?.leaving?.step ?? null;
  }

  /** Moves the members until they are all moved or the signal stops it, for whom it is told how far it is. */
  async function move(
    handOver: HandOver,
    { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void },
  ): Promise<Step | null> {
    await members.handOver(handOver, async (done, total) => {
      onProgress?.(done, total);
      return signal?.aborted !== true && (await clusters.exists({ _id: handOver.from, ...MOVING })) !== null;
    });
    return step(handOver.from, signal?.aborted === true ? 'back' : 'moved');
  }

  /** It was stopped: the members are its own again, and it is with us. */
  async function takeBack(handOver: HandOver, cluster: ClusterRecord): Promise<void> {
    await members.giveBack(handOver);
    const after = await clusters
      .findOneAndUpdate(
        { _id: cluster._id, 'leaving.step': 'back' },
        { $set: { leftAt: null, leaving: null, updatedAt: clock() }, $inc: { revision: 1 } },
        { returnDocument: 'after' },
      )
      .lean<ClusterRecord>()
      .exec();
    // Somebody else took it back at the same moment.
    if (!after) return;
    await audit.record({
      actor: handOver.by,
      action: 'cluster.stay',
      thing: { kind: 'cluster', id: after._id },
      before: clusterState(cluster),
      after: clusterState(after),
    });
  }

  const handOverOf = (by: HandOver['by'], { _id, leaving }: ClusterRecord): HandOver => ({
    by,
    from: _id,
    to: leaving?.handOverTo ?? null,
  });

  async function finish(handOver: HandOver, cluster: ClusterRecord): Promise<number> {
    const { to } = handOver;
    await invitations.handOver(cluster._id, to);
    await invitations.revokeAllOf({ clusterId: cluster._id });
    await accounts.closeAllOf({ clusterId: cluster._id });
    const moved = await members.settle(handOver);
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

  async function goOn(cluster: ClusterRecord): Promise<void> {
    const handOver = handOverOf('system', cluster);
    const ended = await move(handOver, {});
    if (ended === 'back') await takeBack(handOver, cluster);
    if (ended === 'moved') await finish(handOver, cluster);
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

    /**
     * Ends a cluster's part, with progress for the viewer. Where the signal stops it before all members are moved, the cluster stays with them:
     * 409. Of two who end it at once, one does; the other gets 409.
     */
    async leave(
      viewer: Viewer,
      id: string,
      { handOverTo, reason }: Leave,
      signal: AbortSignal,
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
      const handOver = handOverOf(viewer, after);
      const task = { task: `leaving:${id}`, label: 'Handing the members over' };
      const { onProgress, end } = taskProgress(deps.live, viewer.id, task);
      const ended = await move(handOver, { signal, onProgress }).finally(end);
      if (ended === 'back') {
        await takeBack(handOver, after);
        throw conflict('leaving-stopped', `Stopped: ${before.name} stays, with its members.`);
      }
      const movedMembers = ended === null ? 0 : await finish(handOver, after);
      return { cluster: presentCluster(after, 0), movedMembers };
    },

    /** Finishes what a crash interrupted; called once at start. */
    async reconcile(): Promise<void> {
      const unfinished = await clusters
        .find({ leaving: trusted({ $ne: null }) })
        .lean<ClusterRecord[]>()
        .exec();
      for (const cluster of unfinished) {
        await goOn(cluster).catch((error: unknown) => {
          log.error(
            { err: error, clusterId: cluster._id },
            'what follows when a cluster left is not done yet',
          );
        });
      }
    },
  };
}
