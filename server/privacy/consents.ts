import { trusted, type Connection } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { conflict, notAllowed } from '../http/errors.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { consentState } from './audited.ts';
import { consentModel, type ConsentAnswer, type ConsentRecord, type ConsentState } from './model.ts';
import type { PersonalData, Subject } from './personal-data.ts';
import { subjectOf } from './policy.ts';
import { loadPurposes, type Purpose } from './purposes.ts';
import type { ConsentView, PurposeId } from './schema.ts';

export interface ConsentServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  /** Hears of each answer once it is stored, to act on it. */
  readonly answered: (subject: Subject, purpose: PurposeId) => Promise<void>;
}

export interface ConsentService extends PersonalData {
  /** Every purpose that this viewer is asked about, with what was answered. */
  list(viewer: Viewer): Promise<ConsentView[]>;
  /** Stores an answer. @throws HttpProblem 403 where it is not theirs to answer, 409 where the text has changed */
  answer(
    viewer: Viewer,
    purposeId: PurposeId,
    input: { state: ConsentState; textVersion: number },
  ): Promise<ConsentView>;
}

const idOf = ({ kind, id }: Subject, purpose: PurposeId): string => `${kind}:${id}:${purpose}`;

function present(purpose: Purpose, record: ConsentRecord | undefined): ConsentView {
  return {
    purpose: purpose.id,
    of: purpose.of,
    title: purpose.title,
    text: purpose.text,
    without: purpose.without,
    textVersion: purpose.version,
    since: purpose.since,
    state: record?.state ?? null,
    allowed: record ? record.state === 'given' : purpose.untilAsked === 'yes',
    due: (record?.textVersion ?? 0) < purpose.version,
    history: (record?.history ?? [])
      .map(({ state, textVersion, at }) => ({ state, textVersion, at: at.toISOString() }))
      .toReversed(),
  };
}

/** Who agreed to what: each purpose by itself, with the date and the text that was on the screen. */
export function createConsentService(deps: ConsentServiceDeps): ConsentService {
  const { clock, audit } = deps;
  const consents = consentModel(deps.connection);
  const purposes = loadPurposes();

  async function store(
    subject: Subject,
    purpose: PurposeId,
    answer: ConsentAnswer,
  ): Promise<ConsentRecord | null> {
    const _id = idOf(subject, purpose);
    const change = { $set: { ...answer }, $push: { history: answer }, $inc: { revision: 1 } };
    const before = await consents.findOneAndUpdate({ _id }, change).lean<ConsentRecord>().exec();
    if (before) return before;
    const record = {
      _id,
      subjectKind: subject.kind,
      subjectId: subject.id,
      purpose,
      ...answer,
      history: [answer],
      revision: 1,
    };
    try {
      await consents.insertMany([record], { lean: true });
      return null;
    } catch (error) {
      // Somebody else of the same company answered first: then this is a change.
      if (!isDuplicateKey(error)) throw error;
      return store(subject, purpose, answer);
    }
  }

  return {
    name: 'consents',
    title: 'What you agreed to, and when',
    stays: null,

    async list(viewer) {
      const asked = purposes.flatMap((purpose) => {
        const subject = subjectOf(viewer, purpose);
        return subject ? [{ purpose, id: idOf(subject, purpose.id) }] : [];
      });
      const found = await consents
        .find({ _id: trusted({ $in: asked.map(({ id }) => id) }) })
        .lean<ConsentRecord[]>()
        .exec();
      const byId = new Map(found.map((record) => [record._id, record]));
      return asked.map(({ purpose, id }) => present(purpose, byId.get(id)));
    },

    async answer(viewer, purposeId, { state, textVersion }) {
      const purpose = purposes.find(({ id }) => id === purposeId);
      const subject = purpose && subjectOf(viewer, purpose);
      if (!purpose || !subject) throw notAllowed('This is for the company itself to answer.');
      if (textVersion !== purpose.version) {
        throw conflict(
          'text-changed',
          'This text has changed since you opened it. Read it again, then answer.',
        );
      }
      const answer = { state, textVersion, at: clock(), by: viewer.id };
      const before = await store(subject, purposeId, answer);
      const record: ConsentRecord = {
        _id: idOf(subject, purposeId),
        subjectKind: subject.kind,
        subjectId: subject.id,
        purpose: purposeId,
        ...answer,
        history: [...(before?.history ?? []), answer],
        revision: (before?.revision ?? 0) + 1,
      };
      await audit.record({
        actor: viewer,
        action: state === 'given' ? 'consent.give' : 'consent.withdraw',
        thing: { kind: 'consent', id: record._id },
        before: before && consentState(before),
        after: consentState(record),
      });
      await deps.answered(subject, purposeId);
      return present(purpose, record);
    },

    async exportOf({ kind, id }) {
      const found = await consents.find({ subjectKind: kind, subjectId: id }).lean<ConsentRecord[]>().exec();
      return found.flatMap(({ purpose, history }) =>
        history.map(({ state, textVersion, at }) => ({ purpose, state, textVersion, at })),
      );
    },

    async erase({ kind, id }) {
      const found = await consents.find({ subjectKind: kind, subjectId: id }).lean<ConsentRecord[]>().exec();
      for (const record of found) {
        await consents.deleteOne({ _id: record._id }).exec();
        await audit.record({
          actor: 'system',
          action: 'consent.erase',
          thing: { kind: 'consent', id: record._id },
          before: consentState(record),
          after: null,
        });
      }
      return found.length;
    },
  };
}
