import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import type { CallService } from '../calls/service.ts';
import { consortiumModel, type ConsortiumRecord } from '../consortia/model.ts';
import { BY_CREATION } from '../consortia/order.ts';
import { conflict, invalidField, notFound, staleVersion } from '../http/errors.ts';
import { findPage } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { SmeService } from '../smes/service.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { outcomeState } from './audited.ts';
import { outcomeModel, type OutcomeRecord } from './model.ts';
import { mayReadOutcome } from './policy.ts';
import type { OutcomeInput, OutcomeQuery, OutcomeRow, OutcomeView } from './schema.ts';
import { follows } from './state.ts';

export interface OutcomeServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly calls: Pick<CallService, 'find'>;
  readonly smes: Pick<SmeService, 'cards'>;
}

export type OutcomeService = ReturnType<typeof createOutcomeService>;

/** An outcome as it leaves the server; every field listed by hand. */
export function presentOutcome({ state, date, submissionId, grantEur, version }: OutcomeRecord): OutcomeView {
  return { state, date, submissionId, grantEur, version };
}

/** What became of consortia on the submission platform, recorded by staff. */
export function createOutcomeService(deps: OutcomeServiceDeps) {
  const { clock, audit, calls, smes } = deps;
  const outcomes = outcomeModel(deps.connection);
  const consortia = consortiumModel(deps.connection);

  const read = (id: string): Promise<OutcomeRecord | null> =>
    outcomes.findById(id).lean<OutcomeRecord>().exec();

  async function findConsortium(id: string): Promise<ConsortiumRecord> {
    const found = await consortia.findById(id).lean<ConsortiumRecord>().exec();
    if (!found) throw notFound('consortium');
    return found;
  }

  async function check(
    record: ConsortiumRecord,
    before: OutcomeRecord | null,
    input: OutcomeInput,
  ): Promise<void> {
    if (record.state !== 'formed' && before === null) {
      throw conflict(
        'not-formed',
        `This consortium is ${record.state}; only one that was formed can have been submitted.`,
      );
    }
    if (!follows(before?.state ?? null, input.state) && input.reason === '') {
      throw invalidField(
        'reason',
        `'${input.state}' does not follow '${before?.state ?? ''}' by itself: say why the recorded outcome is corrected`,
      );
    }
    const call = await calls.find(record.callId, record.rulesVersion ?? undefined);
    const instrument = call?.instruments.find(({ id }) => id === record.details.instrumentId);
    if (instrument && input.grantEur !== null && input.grantEur > instrument.grantCeilingEur) {
      throw invalidField(
        'grantEur',
        `must not be above the ceiling of ${instrument.name}, EUR ${instrument.grantCeilingEur}`,
      );
    }
  }

  /** One conditional write; null where somebody else was faster. */
  async function write(
    record: ConsortiumRecord,
    { version, reason: _, ...fields }: OutcomeInput,
  ): Promise<OutcomeRecord | null> {
    const after: OutcomeRecord = {
      _id: record._id,
      callId: record.callId,
      ...fields,
      version: version + 1,
      updatedAt: clock(),
    };
    if (version === 0) {
      try {
        await outcomes.insertMany([after], { lean: true });
        return after;
      } catch (error) {
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    }
    const { _id, ...set } = after;
    const { matchedCount } = await outcomes.updateOne({ _id, version }, { $set: set }).exec();
    return matchedCount === 1 ? after : null;
  }

  /** Outcomes by consortium; those without one are left out. */
  async function some(ids: readonly string[]): Promise<ReadonlyMap<string, OutcomeRecord>> {
    const found = await outcomes
      .find({ _id: trusted({ $in: [...ids] }) })
      .lean<OutcomeRecord[]>()
      .exec();
    return new Map(found.map((one) => [one._id, one]));
  }

  /** Ids of the consortia of which this is recorded; with `none`, of all but those of which anything is. */
  async function idsWith(
    callId: string,
    state: NonNullable<OutcomeQuery['state']>,
  ): Promise<QueryFilter<ConsortiumRecord>> {
    const filter = state === 'none' ? { callId } : { callId, state };
    const found = await outcomes.find(filter, { _id: 1 }).lean<Pick<OutcomeRecord, '_id'>[]>().exec();
    const ids = found.map(({ _id }) => _id);
    return { _id: state === 'none' ? trusted({ $nin: ids }) : trusted({ $in: ids }) };
  }

  return {
    /** Formed consortia of a call with what became of them. For staff. */
    async list(callId: string, query: OutcomeQuery): Promise<Page<OutcomeRow>> {
      const { state, sort } = query;
      const formed: QueryFilter<ConsortiumRecord> = { callId, state: 'formed' };
      const wanted = state === undefined ? formed : { ...formed, ...(await idsWith(callId, state)) };
      const page = await findPage(consortia, wanted, BY_CREATION[sort], query);
      const [known, cards] = await Promise.all([
        some(page.items.map(({ _id }) => _id)),
        smes.cards(page.items.flatMap(({ smeIds }) => smeIds)),
      ]);
      const items = page.items.flatMap((one) => {
        const [a, b] = [cards.get(one.a), cards.get(one.b)];
        if (!a || !b) return [];
        const { title, instrumentId } = one.details;
        const outcome = known.get(one._id);
        return [
          {
            consortiumId: one._id,
            callId,
            title,
            instrumentId,
            a,
            b,
            formedAt: one.formedAt?.toISOString() ?? null,
            outcome: outcome ? presentOutcome(outcome) : null,
          },
        ];
      });
      return { ...page, items };
    },

    some,

    /** What became of a consortium, for those who may know; null for the others, and where nothing is recorded. */
    async of(
      viewer: Viewer,
      consortium: { id: string; smeIds: readonly string[] },
    ): Promise<OutcomeView | null> {
      if (!mayReadOutcome(viewer, consortium)) return null;
      const found = await read(consortium.id);
      return found && presentOutcome(found);
    },

    /**
     * Records what became of a consortium. The same again changes nothing. @throws HttpProblem 400, 404, 409 where it was never formed, 412
     * where somebody else recorded something since
     */
    async record(viewer: Viewer, consortiumId: string, input: OutcomeInput): Promise<OutcomeView> {
      const [consortium, before] = await Promise.all([findConsortium(consortiumId), read(consortiumId)]);
      if (before && sameOutcome(before, input)) return presentOutcome(before);
      if ((before?.version ?? 0) !== input.version) throw staleVersion('outcome');
      await check(consortium, before, input);
      const after = await write(consortium, input);
      if (!after) throw staleVersion('outcome');
      await audit.record({
        actor: viewer,
        action:
          before === null
            ? 'outcome.record'
            : follows(before.state, after.state)
              ? 'outcome.change'
              : 'outcome.correct',
        thing: { kind: 'outcome', id: consortiumId },
        before: before && outcomeState(before),
        after: outcomeState(after),
        reason: input.reason,
      });
      return presentOutcome(after);
    },
  };
}

/** Whether this is recorded already. */
export function sameOutcome(
  before: OutcomeRecord,
  { state, date, submissionId, grantEur }: Omit<OutcomeInput, 'version' | 'reason'>,
): boolean {
  return (
    before.state === state &&
    before.date === date &&
    before.submissionId === submissionId &&
    before.grantEur === grantEur
  );
}
