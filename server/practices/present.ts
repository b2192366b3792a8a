import type { Viewer } from '../accounts/viewer.ts';
import type { Authored, CommentRecord, PracticeRecord } from './model.ts';
import { isMine } from './policy.ts';
import type { CommentView, PracticeView } from './schema.ts';

/** Names of accounts and clusters by id. */
export interface AuthorNames {
  readonly accounts: ReadonlyMap<string, string>;
  readonly clusters: ReadonlyMap<string, string>;
}

function presentAuthor(viewer: Viewer, thing: Authored, names: AuthorNames) {
  const { authorId, clusterId, hidden, reason } = thing;
  return {
    by: authorId === null ? null : (names.accounts.get(authorId) ?? null),
    organisation: clusterId === null ? null : (names.clusters.get(clusterId) ?? null),
    clusterId,
    mine: isMine(viewer, thing),
    hidden,
    reason,
  };
}

/** A post as clusters and staff see it. */
export function presentPractice(
  viewer: Viewer,
  record: PracticeRecord,
  facts: AuthorNames & { comments: number },
): PracticeView {
  return {
    id: record._id,
    version: record.version,
    title: record.title,
    words: record.words,
    topic: record.topic,
    links: record.links.map(({ label, url }) => ({ label, url })),
    ...presentAuthor(viewer, record, facts),
    comments: facts.comments,
    createdAt: record.createdAt.toISOString(),
    changedAt: record.changedAt?.toISOString() ?? null,
  };
}

/** A comment as clusters and staff see it. */
export function presentComment(viewer: Viewer, record: CommentRecord, names: AuthorNames): CommentView {
  return {
    id: record._id,
    words: record.words,
    ...presentAuthor(viewer, record, names),
    at: record.createdAt.toISOString(),
  };
}
