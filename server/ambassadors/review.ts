import { trusted, type QueryFilter } from 'mongoose';
import type { InvitationsService } from '../accounts/invitations.ts';
import type { AccountsService } from '../accounts/service.ts';
import { hashToken, newToken } from '../accounts/tokens.ts';
import type { Viewer } from '../accounts/viewer.ts';
import { clusterInputSchema } from '../clusters/schema.ts';
import type { ClusterService } from '../clusters/service.ts';
import { conflict, HttpProblem, invalidField, notFound, staleVersion } from '../http/errors.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Post } from '../mail/post.ts';
import { searchPattern } from '../smes/search-name.ts';
import { newId } from '../storage/ids.ts';
import { OPEN_STATES, openKeyOf, type Applications } from './applications.ts';
import { acceptedMail, askMail, rejectedMail } from './mails.ts';
import type { ApplicationRecord } from './model.ts';
import { presentApplication, presentCard } from './present.ts';
import type { ApplicationCard, ApplicationQuery, ApplicationView, Decide, Decided } from './schema.ts';

export interface ReviewDeps {
  readonly applications: Applications;
  readonly clusters: Pick<ClusterService, 'admit' | 'findLeft' | 'outlines'>;
  readonly accounts: Pick<AccountsService, 'find'>;
  readonly invitations: Pick<InvitationsService, 'invite'>;
  readonly post: Post;
  readonly link: (token: string) => string;
}

export type Review = ReturnType<typeof createReview>;

const byId = {
  field: '_id',
  direction: 1,
  kind: 'text',
  of: (record: ApplicationRecord) => record._id,
} as const;
const submitted = (direction: 1 | -1) =>
  ({
    field: 'submittedAt',
    direction,
    kind: 'date',
    // Only confirmed applications are listed, and these have it.
    of: (record: ApplicationRecord) => record.submittedAt ?? record.createdAt,
  }) as const;
const ORDERS: Readonly<Record<ApplicationQuery['sort'], SortOrder<ApplicationRecord>>> = {
  // Among equals, who has waited longest.
  score: [{ field: 'score', direction: -1, kind: 'number', of: ({ score }) => score }, submitted(1), byId],
  newest: [submitted(-1), byId],
  name: [{ field: 'searchName', direction: 1, kind: 'text', of: (record) => record.searchName }, byId],
};

/** What the project's team does with applications. */
export function createReview({ applications, clusters, accounts, invitations, post, link }: ReviewDeps) {
  const { records, now: clock } = applications;

  async function find(id: string): Promise<ApplicationRecord> {
    const found = await records
      .findOne({ _id: id, state: trusted({ $ne: 'unconfirmed' }) })
      .lean<ApplicationRecord>()
      .exec();
    if (found === null) throw notFound('application');
    return found;
  }

  const view = async (record: ApplicationRecord): Promise<ApplicationView> =>
    presentApplication(record, await applications.alike(record));

  function filterOf(viewer: Viewer, query: ApplicationQuery): QueryFilter<ApplicationRecord> {
    return {
      state: query.state ?? trusted({ $ne: 'unconfirmed' }),
      ...(query.country ? { country: query.country } : {}),
      ...(query.reviewer ? { reviewerId: query.reviewer === 'me' ? viewer.id : null } : {}),
      ...(query.q ? { searchName: searchPattern(query.q) } : {}),
    };
  }

  /** One conditional write: of two reviewers who decide at once, one does. */
  async function write(
    before: Pick<ApplicationRecord, '_id'>,
    version: number,
    fields: Partial<ApplicationRecord>,
  ): Promise<ApplicationRecord> {
    const after = await records
      .findOneAndUpdate(
        { _id: before._id, version, state: trusted({ $in: [...OPEN_STATES] }) },
        { $set: { ...fields, updatedAt: clock() }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<ApplicationRecord>()
      .exec();
    if (after !== null) return after;
    const { state } = await find(before._id);
    if (OPEN_STATES.some((open) => open === state)) throw staleVersion('application');
    throw conflict('decided-already', `This application is ${state} already: nothing is left to decide.`);
  }

  const to = (record: ApplicationRecord, token: string) => ({
    email: record.contactEmail ?? '',
    contactName: record.contactName ?? '',
    name: record.name,
    link: link(token),
  });

  async function ask(viewer: Viewer, before: ApplicationRecord, decide: Decide): Promise<Decided> {
    const token = newToken();
    const message = { by: 'team' as const, at: clock(), text: decide.reason };
    const after = await write(before, decide.version, {
      state: 'more-asked',
      messages: [...before.messages, message],
      tokenHash: hashToken(token),
    });
    await applications.note(viewer, 'ask', before, after);
    post.send(askMail(to(after, token), decide.reason));
    return { application: await view(after), invitationProblem: null };
  }

  const decisionFields = (viewer: Viewer, before: ApplicationRecord, { reason }: Decide) => ({
    // Frees the name: after a decision the cluster may apply again.
    openKey: before._id,
    decisionReason: reason,
    decidedAt: clock(),
    decidedById: viewer.id,
  });

  async function reject(viewer: Viewer, before: ApplicationRecord, decide: Decide): Promise<Decided> {
    const fields = decisionFields(viewer, before, decide);
    const after = await write(before, decide.version, { ...fields, state: 'rejected', verdict: 'reject' });
    await applications.note(viewer, 'reject', before, after);
    post.send(rejectedMail(to(after, ''), decide.reason));
    return { application: await view(after), invitationProblem: null };
  }

  const admit = (
    viewer: Viewer | 'system',
    { name, country, region, website, clusterId }: ApplicationRecord,
  ) => clusters.admit(viewer, clusterId ?? '', clusterInputSchema.parse({ name, country, region, website }));

  /** Why the account could not be invited; null: it was. The application stays accepted: the team can invite from the cluster's page. */
  async function invite(
    viewer: Viewer,
    { contactEmail, clusterId }: ApplicationRecord,
  ): Promise<string | null> {
    try {
      await invitations.invite(viewer, {
        role: 'cluster',
        email: contactEmail ?? '',
        clusterId: clusterId ?? '',
      });
      return null;
    } catch (error) {
      if (error instanceof HttpProblem) return error.message;
      throw error;
    }
  }

  /** Takes an acceptance back whose cluster could not be made. */
  async function undo(viewer: Viewer, before: ApplicationRecord, accepted: ApplicationRecord): Promise<void> {
    const again = await records
      .findOneAndUpdate(
        { _id: accepted._id, version: accepted.version },
        { $set: { ...undecided, state: before.state, openKey: openKeyOf(before) }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<ApplicationRecord>()
      .exec();
    if (again !== null) await applications.note(viewer, 'undo-accept', before, again);
  }

  async function accept(viewer: Viewer, before: ApplicationRecord, decide: Decide): Promise<Decided> {
    // Whoever left and comes back is the same cluster, with its history.
    const former = await clusters.findLeft({ country: before.country, name: before.name });
    const accepted = await write(before, decide.version, {
      ...decisionFields(viewer, before, decide),
      state: 'accepted',
      verdict: 'accept',
      clusterId: former ?? newId(),
    });
    try {
      await admit(viewer, accepted);
    } catch (error) {
      // The name was taken meanwhile: the application is as before, and the reviewer is told why.
      await undo(viewer, before, accepted);
      throw error;
    }
    await applications.note(viewer, 'accept', before, accepted);
    post.send(acceptedMail(to(accepted, ''), decide.reason));
    const invitationProblem = await invite(viewer, accepted);
    await applications.rescore();
    return { application: await view(accepted), invitationProblem };
  }

  return {
    /** A page of confirmed applications. */
    async list(viewer: Viewer, query: ApplicationQuery): Promise<Page<ApplicationCard>> {
      const page = await findPage(records, filterOf(viewer, query), ORDERS[query.sort], query);
      return { ...page, items: page.items.map(presentCard) };
    },

    /** One in full; 404 where there is none that was confirmed. */
    get: async (id: string): Promise<ApplicationView> => view(await find(id)),

    /** Says who looks into it. */
    async assign(
      viewer: Viewer,
      id: string,
      { version, reviewerId }: { version: number; reviewerId: string | null },
    ): Promise<ApplicationView> {
      const before = await find(id);
      const reviewer = reviewerId === null ? null : await accounts.find(reviewerId);
      if (reviewerId !== null && !(reviewer?.state === 'active' && reviewer.role === 'staff')) {
        throw invalidField('reviewerId', 'must be an account of the staff that is open');
      }
      const after = await write(before, version, { reviewerId, reviewerName: reviewer?.name ?? null });
      await applications.note(viewer, 'assign', before, after);
      return view(after);
    },

    /** Accepts, rejects, or asks for more; the applicant gets a mail with the reason. @throws HttpProblem 404, 409 decided already, 412 */
    async decide(viewer: Viewer, id: string, decide: Decide): Promise<Decided> {
      const before = await find(id);
      const act = { accept, reject, ask }[decide.verdict];
      return act(viewer, before, decide);
    },

    /** After a crash between the decision and its cluster: makes the cluster. Called once at start. */
    async reconcile(): Promise<void> {
      const [accepted, known] = await Promise.all([
        records.find({ state: 'accepted' }).lean<ApplicationRecord[]>().exec(),
        clusters.outlines(),
      ]);
      const there = new Set(known.map(({ id }) => id));
      for (const application of accepted) {
        if (application.clusterId === null || there.has(application.clusterId)) continue;
        await admit('system', application);
        await applications.note('system', 'accept', null, application);
      }
    },
  };
}

/** What a decision wrote, taken back. */
const undecided = {
  verdict: null,
  decisionReason: '',
  decidedAt: null,
  decidedById: null,
  clusterId: null,
} as const;
