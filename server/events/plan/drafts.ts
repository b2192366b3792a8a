import type { Connection } from 'mongoose';
import type { Viewer } from '../../accounts/viewer.ts';
import type { Audit } from '../../audit/audit.ts';
import { conflict, invalidField, notFound } from '../../http/errors.ts';
import type { Live } from '../../live/live.ts';
import type { Matcher } from '../../matching/matcher.ts';
import type { PlanRecorder } from '../../runs/plan-runs.ts';
import type { SmeService } from '../../smes/service.ts';
import { isDuplicateKey } from '../../storage/duplicate-key.ts';
import { publishedState, recordPlan } from '../audited.ts';
import { applyEdit, checkSeated, union } from './draft-edits.ts';
import { presentDraft } from './draft-view.ts';
import type { Invited } from '../life/invited.ts';
import { draftModel, type DraftRecord, type EventRecord } from '../model.ts';
import { participantsOf } from '../people/participants.ts';
import type { PlanNews } from './changes.ts';
import type { PlanStore } from './store.ts';
import { comingRounds, roundOf, standing, tablesOf, withMeetings, type Plan } from './plan.ts';
import { mergeDraft, questionOf, roundsFrom } from './planning.ts';
import type { PresenceStore } from '../people/presence-store.ts';
import type { EventView } from '../life/schema.ts';
import type { DraftView, PlanEdit, PlanInput } from './schema.ts';
import type { EventService } from '../life/service.ts';
import { isLive } from '../life/state.ts';
import type { EventStore } from '../life/store.ts';
import type { WishService } from '../requests/wishes.ts';

export interface DraftServiceDeps {
  readonly connection: Connection;
  readonly events: EventStore;
  readonly eventService: Pick<EventService, 'view'>;
  readonly plans: PlanStore;
  readonly presence: PresenceStore;
  readonly invited: Invited;
  readonly wishes: Pick<WishService, 'all'>;
  readonly matcher: Pick<Matcher, 'draftRounds'>;
  /** Keeps what staff are shown, so that it can be repeated. */
  readonly planRuns: PlanRecorder;
  readonly smes: Pick<SmeService, 'cards'>;
  readonly live: Pick<Live, 'progressToStaff'>;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly planChanged: (event: EventRecord, news: PlanNews) => void;
}

export type DraftService = ReturnType<typeof createDraftService>;

/** A quarter of the best score: a new plan by staff may change what people were told, if it is worth that much. */
const KEEPING = 250_000;

/** How the history calls the publication of a draft. */
const PUBLISHED = 'Plan published';

/** What is planned anew. */
interface Proposal {
  readonly plan: Plan;
  readonly rounds: readonly number[];
  readonly who: PlanInput['who'];
  readonly keeping: number | undefined;
}

/** The draft of a plan: made by the engine, edited by staff, then published in one write. */
export function createDraftService(deps: DraftServiceDeps) {
  const { events, plans, matcher, clock } = deps;
  const drafts = draftModel(deps.connection);

  async function find(eventId: string): Promise<DraftRecord | null> {
    return drafts.findById(eventId).lean<DraftRecord>().exec();
  }

  async function get(eventId: string): Promise<DraftRecord> {
    const draft = await find(eventId);
    if (!draft) throw notFound('draft');
    return draft;
  }

  async function view(draft: DraftRecord, plan: Plan): Promise<DraftView> {
    const named = draft.unmet.flatMap(({ from, to }) => [from, to]);
    return presentDraft(draft, plan, await deps.smes.cards([...draft.participants, ...named]));
  }

  /** Asks the engine. @throws HttpProblem 409 where what is asked for contradicts itself */
  async function propose(
    event: EventRecord,
    proposal: Proposal,
    { viewer, signal }: { readonly viewer: Viewer; readonly signal: AbortSignal },
  ): Promise<Omit<DraftRecord, 'version' | 'createdAt' | 'by'>> {
    const { plan, rounds, who, keeping } = proposal;
    const [participants, wishes] = await Promise.all([
      participantsOf(event, who, deps),
      deps.wishes.all(event._id),
    ]);
    const input = { event, plan, participants, wishes, rounds };
    const question = questionOf(keeping === undefined ? input : { ...input, keeping });
    if (!question) throw conflict('nobody-to-plan', 'Nobody takes part yet, so there is nothing to plan.');
    const task = `plan:${event._id}`;
    const onProgress = (done: number, total: number): void => {
      deps.live.progressToStaff({ task, label: 'Planning rounds', done, total });
    };
    const began = performance.now();
    const made = await matcher.draftRounds(question, { signal, onProgress }).catch((error: unknown) => {
      if (error instanceof RangeError) throw conflict('cannot-plan', error.message);
      if (signal.aborted) throw conflict('plan-stopped', 'The planning was stopped: nobody waited for it.');
      throw error;
    });
    const tookMs = Math.round(performance.now() - began);
    const runId = await deps.planRuns.record({ eventId: event._id, by: viewer.name, question, made, tookMs });
    const { wishes: answered, total, bound, gap, status, demand } = made.replan.plan;
    return {
      _id: event._id,
      runId,
      who,
      participants: [...participants],
      rounds: roundsFrom(plan, made.replan.plan.rounds, { rounds, publish: false }).map((round) => ({
        number: round.number,
        meetings: standing(round),
      })),
      forbidden: plan.forbidden.map(([a, b]) => [a, b]),
      figures: { total, bound, gap, status },
      wishesMet: answered.met.length,
      unmet: answered.unmet.map(({ from, to, reason }) => ({ from, to, reason })),
      short: demand.short.map(({ sme, reason }) => ({ sme, reason })),
    };
  }

  /** Writes a draft over the one that it was made from; `before` 0: there was none, or it does not matter. */
  async function write(
    fresh: Awaited<ReturnType<typeof propose>>,
    viewer: Viewer,
    before: DraftRecord | null,
  ): Promise<DraftRecord> {
    const draft: DraftRecord = {
      ...fresh,
      version: (before?.version ?? 0) + 1,
      createdAt: clock(),
      by: viewer.name,
    };
    const { _id, ...fields } = draft;
    try {
      const { matchedCount, upsertedCount } = await drafts
        .updateOne({ _id, version: before?.version ?? 0 }, { $set: fields }, { upsert: before === null })
        .exec();
      if (matchedCount + upsertedCount === 1) return draft;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    throw conflict(
      'changed-meanwhile',
      'Somebody else made a draft meanwhile. Load it, then go on from there.',
    );
  }

  /** The plan as it would be with the draft in it: what an edit starts from. */
  function withDraft(plan: Plan, draft: DraftRecord): Plan {
    const rounds = new Map(plan.rounds);
    for (const { number, meetings } of draft.rounds) {
      const round = rounds.get(number);
      if (round && round.state !== 'planned') continue;
      rounds.set(number, withMeetings(roundOf(plan, number), meetings));
    }
    return { ...plan, rounds, forbidden: draft.forbidden };
  }

  function checkLive(event: EventRecord): void {
    if (event.state === 'draft' || isLive(event.state)) return;
    throw conflict('event-not-live', `${event.name} is ${event.state}.`);
  }

  return {
    find,

    /** A new draft in place of the one there is. @throws HttpProblem 400, 404, 409, 503 */
    async make(viewer: Viewer, eventId: string, input: PlanInput, signal: AbortSignal): Promise<DraftView> {
      const event = await events.get(eventId);
      checkLive(event);
      const plan = await plans.read(eventId);
      const coming = comingRounds(plan, event.timetable.rounds).map(({ number }) => number);
      const rounds = input.rounds.length === 0 ? coming : [...new Set(input.rounds)];
      const wrong = rounds.find((number) => !coming.includes(number));
      if (wrong !== undefined) {
        throw invalidField(
          'rounds',
          `round ${wrong} is not among the coming ones: ${coming.join(', ') || 'none'}`,
        );
      }
      if (rounds.length === 0) throw conflict('no-rounds-left', 'All rounds have begun.');
      const before = await find(eventId);
      const fresh = await propose(
        event,
        { plan, rounds, who: input.who, keeping: KEEPING },
        { viewer, signal },
      );
      return view(await write(fresh, viewer, before), plan);
    },

    /** @throws HttpProblem 404 */
    async view(eventId: string): Promise<DraftView> {
      const draft = await get(eventId);
      return view(draft, await plans.read(eventId));
    },

    /**
     * Pins, forbids, moves or unpins a pair in the draft; the rest is planned again around it. Without a draft the published plan is
     * where the edit starts. @throws HttpProblem 404, 409, 503
     */
    async edit(viewer: Viewer, eventId: string, edit: PlanEdit, signal: AbortSignal): Promise<DraftView> {
      const event = await events.get(eventId);
      checkLive(event);
      const plan = await plans.read(eventId);
      const before = await find(eventId);
      const base = before ? withDraft(plan, before) : plan;
      const coming = comingRounds(base, event.timetable.rounds).map(({ number }) => number);
      const rounds = before
        ? before.rounds.map(({ number }) => number).filter((number) => coming.includes(number))
        : coming;
      const edited = applyEdit(base, edit, rounds);
      const who = before?.who ?? 'here-and-expected';
      const fresh = await propose(
        event,
        { plan: edited, rounds, who, keeping: undefined },
        { viewer, signal },
      );
      checkSeated(edit, fresh.rounds, edited);
      const written = await write(fresh, viewer, before);
      await recordPlan(deps.audit, viewer, { eventId, verb: 'edit', what: edit });
      return view(written, plan);
    },

    /** Makes the draft the plan, around what was agreed on since; one write. @throws HttpProblem 404, 409 */
    async publish(viewer: Viewer, eventId: string, version: number): Promise<EventView> {
      const event = await events.get(eventId);
      if (!isLive(event.state)) {
        throw conflict(
          'event-not-live',
          `${event.name} is ${event.state}: publish the event before its plan.`,
        );
      }
      const draft = await get(eventId);
      if (draft.version !== version) {
        throw conflict(
          'changed-meanwhile',
          'The draft was changed since you opened it. Look at it again, then publish it.',
        );
      }
      const tables = tablesOf(event.place);
      const { news, after } = await plans.change(eventId, tables, (plan) => {
        const rounds = mergeDraft(plan, draft, tables);
        if (rounds.length === 0) throw conflict('no-rounds-left', 'All rounds of this draft have begun.');
        const numbers = rounds.map(({ number }) => number).join(', ');
        return {
          rounds,
          forbidden: union(plan.forbidden, draft.forbidden),
          cause: { change: 'published', about: null },
          event: { change: 'plan', text: `The plan of round ${numbers} is published.` },
          history: {
            what: PUBLISHED,
            note: `Rounds ${numbers}`,
            by: viewer.name,
            byId: viewer.id,
            before: null,
            after: null,
          },
        };
      });
      await recordPlan(deps.audit, viewer, {
        eventId,
        verb: 'publish',
        what: publishedState(
          after,
          draft.rounds.map(({ number }) => number),
        ),
      });
      if (draft.runId !== undefined) await deps.planRuns.published(draft.runId, after.version);
      await drafts.deleteOne({ _id: eventId, version }).exec();
      if (news) deps.planChanged(event, news);
      return deps.eventService.view(viewer, event);
    },

    /** Removes drafts that were published when a crash came. */
    async recover(): Promise<void> {
      for (const { _id, version, createdAt } of await drafts
        .find({}, { version: 1, createdAt: 1 })
        .lean()
        .exec()) {
        const history = await plans.history(_id);
        const isPublished = history.some(({ what, at }) => what === PUBLISHED && at >= createdAt);
        if (isPublished) await drafts.deleteOne({ _id, version }).exec();
      }
    },

    /** @throws HttpProblem 404 */
    async discard(eventId: string): Promise<void> {
      const { deletedCount } = await drafts.deleteOne({ _id: eventId }).exec();
      if (deletedCount === 0) throw notFound('draft');
    },
  };
}
