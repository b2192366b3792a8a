import type { Connection, QueryFilter } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { conflict, invalidRequest, notFound, staleVersion } from '../http/errors.ts';
import { byNumber, withinDays } from '../http/by-time.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import { containing } from '../storage/containing.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { callState, choiceState, IN_FORCE, rulesState } from './audited.ts';
import { challengeFaults, rulesFaults } from './check.ts';
import type { CallRecord, CallRulesRecord } from './model.ts';
import { mayReadCall } from './policy.ts';
import { presentCall, presentSummary, presentVersion } from './present.ts';
import type {
  CallQuery,
  CallRules,
  CallState,
  CallSummary,
  CallView,
  Challenge,
  RulesVersionQuery,
  RulesVersionView,
} from './schema.ts';
import { seedCalls } from './seed.ts';
import { needsReason, statesAfter } from './state.ts';
import { CallStore, type CallNow } from './store.ts';

export interface CallServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: {
    info(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
  readonly taxonomy: Pick<TaxonomyService, 'knowsCountry' | 'facetOf'>;
  readonly audit: Audit;
  /** Hears that another call is in force, or that its rules changed: matching and events follow. */
  readonly changed: () => Promise<void>;
}

/** Who decides; 'system' for what the software does by itself. */
export type CallAuthor = Pick<Viewer, 'id' | 'role' | 'name'>;
export type CallService = ReturnType<typeof createCallService>;

const byOpening = (direction: 1 | -1): SortOrder<CallRecord> => [
  { field: 'opens', direction, kind: 'text', of: ({ opens }) => opens },
  { field: '_id', direction: direction === 1 ? -1 : 1, kind: 'text', of: ({ _id }) => _id },
];
const CALL_ORDERS = { newest: byOpening(-1), oldest: byOpening(1) };
const VERSION_ORDERS = byNumber<CallRulesRecord>('version', ({ version }) => version);

/** A programme has a few calls; more than so many are not offered at once. */
const PUBLISHED_MAX = 50;

/** Open calls: their rules in versions, their state, and which of them is in force. */
export function createCallService(deps: CallServiceDeps) {
  const { clock, log, taxonomy, audit } = deps;
  const store = new CallStore(deps.connection);

  const noneInForce = (): Error => new Error('No call is in force; start() was not called.');

  async function chosen(): Promise<string> {
    const { inForce } = await store.standing();
    if (inForce === null) throw noneInForce();
    return inForce;
  }

  async function inForce(): Promise<CallNow> {
    const call = await store.inForce();
    if (!call) throw noneInForce();
    return call;
  }

  async function findFor(viewer: Viewer | null, id: string): Promise<CallRecord> {
    const call = await store.find(id);
    if (!call || (viewer && !mayReadCall(viewer, call.state))) throw notFound('call');
    return call;
  }

  async function newestRules(id: string): Promise<CallRulesRecord> {
    const published = await store.rulesOf(id);
    if (!published) throw notFound('call');
    return published;
  }

  async function view(call: CallRecord): Promise<CallView> {
    const [published, inForce] = await Promise.all([newestRules(call._id), chosen()]);
    return presentCall({ call, published, inForce: inForce === call._id });
  }

  /** Matching follows; the answer does not wait for it. */
  function announce(callId: string): void {
    const tell = async (): Promise<void> => {
      if ((await chosen()) === callId) await deps.changed();
    };
    tell().catch((error: unknown) => {
      log.error({ err: error, callId }, 'a change of the call in force could not be announced');
    });
  }

  function checkRules(rules: CallRules): void {
    const faults = rulesFaults(rules, taxonomy);
    if (faults.length > 0) throw invalidRequest(faults);
  }

  /** Adds a version of the rules; false where somebody else added this number. */
  async function addVersion(
    author: CallAuthor,
    callId: string,
    before: CallRulesRecord | null,
    change: { rules: CallRules; note: string },
  ): Promise<CallRulesRecord | null> {
    const version = (before?.version ?? 0) + 1;
    const record: CallRulesRecord = {
      _id: newId(),
      callId,
      version,
      ...change,
      by: author.name,
      at: clock(),
    };
    try {
      await store.rules.insertMany([record], { lean: true });
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
    await store.calls.updateOne({ _id: callId }, { $set: { opens: change.rules.opens } }).exec();
    await audit.record({
      actor: author,
      action: 'call-rules.publish',
      thing: { kind: 'call-rules', id: callId },
      before: before && rulesState(before),
      after: rulesState(record),
      reason: change.note,
    });
    log.info(
      { event: 'call_rules_published', callId, version, accountId: author.id },
      'call rules published',
    );
    announce(callId);
    return record;
  }

  async function changedMeanwhile(callId: string): Promise<Error> {
    const { version, by, at } = await newestRules(callId);
    return conflict(
      'changed-meanwhile',
      `The rules were changed by ${by ?? 'the software'} at ${at.toISOString()} (version ${version}) since you opened them. ` +
        'Load them again, then make your change.',
    );
  }

  async function findToChange(id: string): Promise<CallRecord> {
    const call = await findFor(null, id);
    if (call.state === 'decided') {
      throw conflict('call-decided', 'This call is decided: the rules stay as they were when it was.');
    }
    return call;
  }

  return {
    /** A page of calls by their opening day; drafts for staff only. */
    async list(viewer: Viewer, query: CallQuery): Promise<Page<CallSummary>> {
      const hidden = !mayReadCall(viewer, 'draft');
      if (hidden && query.state === 'draft') return { items: [], next: null, total: 0 };
      const states: CallState[] = hidden ? ['open', 'closed', 'decided'] : [];
      const filter: QueryFilter<CallRecord> = query.state
        ? { state: query.state }
        : hidden
          ? { $or: states.map((state) => ({ state })) }
          : {};
      const page = await findPage(store.calls, filter, CALL_ORDERS[query.sort], query);
      const [rules, inForce] = await Promise.all([
        store.newestOf(page.items.map(({ _id }) => _id)),
        chosen(),
      ]);
      const items = page.items.flatMap((call) => {
        const published = rules.get(call._id);
        return published ? [presentSummary({ call, published, inForce: inForce === call._id })] : [];
      });
      return { ...page, items };
    },

    /** One call with its newest rules. @throws HttpProblem 404 */
    async get(viewer: Viewer, id: string): Promise<CallView> {
      return view(await findFor(viewer, id));
    },

    /** The call in force, as people see it. */
    async current(): Promise<CallView> {
      return view(await findFor(null, await chosen()));
    },

    /** A page of the versions of a call's rules. @throws HttpProblem 404 */
    async versions(viewer: Viewer, id: string, query: RulesVersionQuery): Promise<Page<RulesVersionView>> {
      await findFor(viewer, id);
      const { q, sort, from, to } = query;
      const words = q ? { $or: [{ by: containing(q) }, { note: containing(q) }] } : {};
      const filter = { $and: [{ callId: id }, withinDays<CallRulesRecord>('at', { from, to }), words] };
      const page = await findPage(store.rules, filter, VERSION_ORDERS[sort], query);
      return { ...page, items: page.items.map(presentVersion) };
    },

    /** The call that matching, events and consortia work on, with its newest rules. Read anew each time; who asks in one task shares a read. */
    inForce,

    /** A call with its newest rules, or with those of one version; null where there is none. For other features. */
    find: (id: string, rulesVersion?: number): Promise<CallNow | null> => store.now(id, rulesVersion),

    /** Calls with their newest rules, by id; ids without a call are left out. All calls where none is named. */
    some: (ids?: readonly string[]): Promise<ReadonlyMap<string, CallNow>> => store.some(ids),

    /** Calls that are published, the one in force first, then the newest, with their newest rules. For other features. */
    async published(): Promise<CallNow[]> {
      const [first, known] = await Promise.all([chosen(), store.some()]);
      const newest = [...known.values()]
        .filter(({ state }) => state !== 'draft')
        .sort((one, other) => other.opens.localeCompare(one.opens) || other.id.localeCompare(one.id))
        .slice(0, PUBLISHED_MAX);
      const inForceNow = known.get(first);
      return [...(inForceNow ? [inForceNow] : []), ...newest.filter(({ id }) => id !== first)];
    },

    /** A new call, as a draft. @throws HttpProblem 400, 409 where the id is taken */
    async create(author: CallAuthor, id: string, rules: CallRules): Promise<CallView> {
      checkRules(rules);
      const call: CallRecord = {
        _id: id,
        state: 'draft',
        version: 1,
        opens: rules.opens,
        createdAt: clock(),
      };
      try {
        await store.calls.insertMany([call], { lean: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // Without rules it was cut off by a crash: then it is finished now.
        if ((await store.newestVersion(id)) > 0) throw callExists(id);
      }
      await audit.record({
        actor: author,
        action: 'call.create',
        thing: { kind: 'call', id },
        before: null,
        after: callState(call),
      });
      if (!(await addVersion(author, id, null, { rules, note: 'First version' }))) throw callExists(id);
      return view(call);
    },

    /**
     * Publishes new rules for a call, as the next version. @throws HttpProblem 400, 404, 409 where somebody else did since `baseVersion`,
     * or the call is decided
     */
    async change(
      author: CallAuthor,
      id: string,
      { baseVersion, rules, note }: { baseVersion: number; rules: CallRules; note: string },
    ): Promise<CallView> {
      const call = await findToChange(id);
      checkRules(rules);
      const before = await newestRules(id);
      if (before.version !== baseVersion) throw await changedMeanwhile(id);
      if (!(await addVersion(author, id, before, { rules, note }))) throw await changedMeanwhile(id);
      return view(call);
    },

    /**
     * Takes up these challenges in place of those that the call states, as a new version of its rules; all else stays.
     * @throws HttpProblem 400 naming unknown terms, 404, 409 where the call is decided
     */
    async setChallenges(
      author: CallAuthor,
      id: string,
      challenges: readonly Challenge[],
      note: string,
    ): Promise<CallView> {
      const call = await findToChange(id);
      const faults = challengeFaults(challenges, taxonomy, 'challenges');
      if (faults.length > 0) throw invalidRequest(faults);
      for (;;) {
        const before = await newestRules(id);
        const rules = { ...before.rules, challenges: [...challenges] };
        // Somebody else published in between: their rules are kept, with these challenges.
        if (await addVersion(author, id, before, { rules, note })) return view(call);
      }
    },

    /** Opens, closes or decides a call. @throws HttpProblem 404, 409 where that cannot follow, 412 */
    async setState(
      author: CallAuthor,
      id: string,
      { version, to, reason }: { version: number; to: CallState; reason: string },
    ): Promise<CallView> {
      const before = await findFor(null, id);
      if (before.version !== version) throw staleVersion('call');
      const allowed = statesAfter(before.state);
      if (!allowed.includes(to)) {
        throw conflict(
          'not-next',
          `A call that is ${before.state} cannot become ${to}; it can become ${allowed.join(' or ')}.`,
        );
      }
      if (needsReason(before.state, to) && reason === '') {
        throw invalidRequest([{ field: 'reason', message: 'say why the call goes back' }]);
      }
      const after = await store.calls
        .findOneAndUpdate(
          { _id: id, version, state: before.state },
          { $set: { state: to }, $inc: { version: 1 } },
          { returnDocument: 'after' },
        )
        .lean<CallRecord>()
        .exec();
      if (!after) throw staleVersion('call');
      await audit.record({
        actor: author,
        action: `call.${to === 'open' ? 'open' : to === 'closed' ? 'close' : 'decide'}`,
        thing: { kind: 'call', id },
        before: callState(before),
        after: callState(after),
        reason,
      });
      return view(after);
    },

    /**
     * Puts a call in force in place of the one that was. Safe to repeat. @throws HttpProblem 404, 409 where the call is a draft or decided, or
     * another one was chosen meanwhile
     */
    async choose(
      author: CallAuthor,
      id: string,
      { replaces, reason }: { replaces: string; reason: string },
    ): Promise<CallView> {
      const call = await findFor(null, id);
      const before = await store.choice();
      if (!before) throw new Error('No call is in force; start() was not called.');
      if (before.callId === id) return view(call);
      if (call.state === 'draft' || call.state === 'decided') {
        throw conflict(
          'not-open',
          `This call is ${call.state}; only one that is open or closed can be in force.`,
        );
      }
      const taken = (): Error =>
        conflict(
          'changed-meanwhile',
          'Another call was put in force since you opened this page. Load it again.',
        );
      if (before.callId !== replaces) throw taken();
      const record = {
        _id: newId(),
        version: before.version + 1,
        callId: id,
        reason,
        by: author.name,
        at: clock(),
      };
      try {
        await store.choices.insertMany([record], { lean: true });
      } catch (error) {
        if (isDuplicateKey(error)) throw taken();
        throw error;
      }
      await audit.record({
        actor: author,
        action: 'call-in-force.choose',
        thing: { kind: 'call-in-force', id: IN_FORCE },
        before: choiceState(before.callId),
        after: choiceState(id),
        reason,
      });
      announce(id);
      return view(call);
    },

    /** Puts in the calls that ship with the software and are not there yet. Safe to repeat and to race. */
    start: (): Promise<void> => seedCalls(store, audit, clock),
  };
}

const callExists = (id: string): Error =>
  conflict('call-exists', `id: there is a call '${id}' already. Choose another short name.`);
