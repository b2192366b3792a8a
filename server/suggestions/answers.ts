import { trusted, type Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { invalidField, notAllowed, notFound } from '../http/errors.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { SmeCard } from '../smes/schema.ts';
import type { SmeService } from '../smes/service.ts';
import { newId } from '../storage/ids.ts';
import { checkReader } from './access.ts';
import { answerState } from './audited.ts';
import { answerModel, type AnswerRecord } from './model.ts';
import type { AnswerInput, AnswerView } from './schema.ts';

/** The stored answers. */
export interface AnswersStore {
  /** The standing answer of an SME to a partner. */
  find(smeId: string, partnerId: string): Promise<AnswerRecord | null>;
}

export interface AnswerService extends AnswersStore {
  /** Standing answers of an SME, newest first. @throws HttpProblem 403, 404 */
  list(viewer: Viewer, smeId: string): Promise<AnswerView[]>;
  /** Says 'not for me' to a partner; a second answer to the same one replaces the first. @throws HttpProblem 400, 403, 404 */
  decline(viewer: Viewer, smeId: string, input: AnswerInput): Promise<AnswerView>;
  /** Takes the answer back. @throws HttpProblem 403, 404 */
  undo(viewer: Viewer, smeId: string, partnerId: string): Promise<void>;
  /** Erases all answers that an SME gave or got. */
  erase(smeId: string): Promise<void>;
}

export interface AnswerServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly smes: Pick<SmeService, 'cards' | 'owner'>;
  readonly matcher: Pick<Matcher, 'profilesChanged'>;
  readonly audit: Audit;
}

function present(record: AnswerRecord, partner: SmeCard, viewer: Viewer): AnswerView {
  const { answer, reason, updatedAt } = record;
  // Who wrote a comment knows it; apart from them it is for staff.
  const mayRead = viewer.role === 'staff' || viewer.smeId === record.smeId;
  return { partner, answer, reason, comment: mayRead ? record.comment : '', at: updatedAt.toISOString() };
}

export function createAnswerService(deps: AnswerServiceDeps): AnswerService {
  const { clock, log, smes, matcher } = deps;
  const answers = answerModel(deps.connection);

  async function checkAnswerer(viewer: Viewer, smeId: string): Promise<void> {
    await checkReader(smes, viewer, smeId);
    if (viewer.role === 'cluster') throw notAllowed('Only the SME itself and staff may answer a suggestion.');
  }

  /** Only the one who answered has a new profile for the engine; its partner hears of a changed list, not of the answer. */
  function tellMatcher(smeId: string): void {
    matcher.profilesChanged([smeId], 'answer').catch((error: unknown) => {
      log.error({ err: error, smeId }, 'an answer could not be told to the matcher');
    });
  }

  /** Writes a change of an answer into the audit log. */
  async function note(
    viewer: Viewer,
    action: 'answer.give' | 'answer.take-back',
    before: AnswerRecord | null,
    after: AnswerRecord,
  ): Promise<void> {
    await deps.audit.record({
      actor: viewer,
      action,
      thing: { kind: 'answer', id: after._id },
      before: before && answerState(before),
      after: answerState(after),
    });
  }

  return {
    find: (smeId, partnerId) =>
      answers.findOne({ smeId, partnerId, state: 'standing' }).lean<AnswerRecord>().exec(),

    async list(viewer, smeId) {
      await checkReader(smes, viewer, smeId);
      const found = await answers
        .find({ smeId, state: 'standing' })
        .sort({ updatedAt: -1, _id: -1 })
        .lean<AnswerRecord[]>()
        .exec();
      const cards = await smes.cards(found.map(({ partnerId }) => partnerId));
      return found.flatMap((record) => {
        const partner = cards.get(record.partnerId);
        return partner ? [present(record, partner, viewer)] : [];
      });
    },

    async decline(viewer, smeId, input) {
      await checkAnswerer(viewer, smeId);
      const { partnerId, answer, reason, comment } = input;
      if (partnerId === smeId)
        throw invalidField('partnerId', 'must be another SME than the one that answers');
      if (reason === 'other' && comment === '') {
        throw invalidField('comment', "say in a few words why, where the reason is 'other'");
      }
      const partner = (await smes.cards([partnerId])).get(partnerId);
      if (!partner) throw invalidField('partnerId', `there is no SME '${partnerId}'; see GET /api/v1/smes`);
      const before = await answers.findOne({ smeId, partnerId }).lean<AnswerRecord>().exec();
      const record = await answers
        .findOneAndUpdate(
          { smeId, partnerId },
          {
            $set: { state: 'standing', answer, reason, comment, by: viewer.id, updatedAt: clock() },
            $inc: { revision: 1 },
            $setOnInsert: { _id: newId() },
          },
          { upsert: true, returnDocument: 'after', setDefaultsOnInsert: false },
        )
        .lean<AnswerRecord>()
        .exec();
      await note(viewer, 'answer.give', before, record);
      tellMatcher(smeId);
      return present(record, partner, viewer);
    },

    async undo(viewer, smeId, partnerId) {
      await checkAnswerer(viewer, smeId);
      const before = await answers
        .findOneAndUpdate(
          { smeId, partnerId, state: 'standing' },
          {
            $set: { state: 'withdrawn', comment: '', by: viewer.id, updatedAt: clock() },
            $inc: { revision: 1 },
          },
        )
        .lean<AnswerRecord>()
        .exec();
      if (before === null) throw notFound('answer');
      const { revision = 1 } = before;
      await note(viewer, 'answer.take-back', before, {
        ...before,
        state: 'withdrawn',
        revision: revision + 1,
      });
      tellMatcher(smeId);
    },

    async erase(smeId) {
      const found = await answers
        .find({ $or: [{ smeId }, { partnerId: smeId }] })
        .lean<AnswerRecord[]>()
        .exec();
      for (const answer of found) {
        await answers.deleteOne({ _id: answer._id }).exec();
        await deps.audit.record({
          actor: 'system',
          action: 'answer.erase',
          thing: { kind: 'answer', id: answer._id },
          before: answerState(answer),
          after: null,
        });
      }
    },
  };
}

/** Partners that each of these SMEs said 'not for me' to, and when it last answered or took an answer back. */
export async function declinedBy(
  connection: Connection,
  smeIds: readonly string[],
): Promise<ReadonlyMap<string, { declined: string[]; lastAt: number }>> {
  const found = await answerModel(connection)
    .find({ smeId: trusted({ $in: [...smeIds] }) }, { smeId: 1, partnerId: 1, state: 1, updatedAt: 1 })
    .sort({ partnerId: 1 })
    .lean<AnswerRecord[]>()
    .exec();
  const bySme = new Map<string, { declined: string[]; lastAt: number }>();
  for (const { smeId, partnerId, state, updatedAt } of found) {
    const entry = bySme.get(smeId) ?? { declined: [], lastAt: 0 };
    if (state === 'standing') entry.declined.push(partnerId);
    entry.lastAt = Math.max(entry.lastAt, updatedAt.getTime());
    bySme.set(smeId, entry);
  }
  return bySme;
}

/** SMEs that answered, or took an answer back, at or after a time. */
export async function answeredSince(connection: Connection, time: Date): Promise<string[]> {
  return answerModel(connection)
    .distinct('smeId', { updatedAt: trusted({ $gte: time }) })
    .exec();
}
