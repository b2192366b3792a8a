import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { ownRefusals, type WhatIf } from '../../matching/index.ts';
import type { Call, Country, Profile } from '../../matching/types.ts';
import type { Viewer } from '../accounts/viewer.ts';
import { toEngineCall } from '../calls/calls.ts';
import { rulesFaults } from '../calls/check.ts';
import type { CallRules } from '../calls/schema.ts';
import type { CallService } from '../calls/service.ts';
import { invalidRequest } from '../http/errors.ts';
import type { Live } from '../live/live.ts';
import { taskProgress } from '../live/task-progress.ts';
import type { Matcher } from '../matching/matcher.ts';
import { stoppedProblem } from '../pairs/question.ts';
import { smeModel, type SmeRecord } from '../smes/model.ts';
import type { SmeService } from '../smes/service.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { newestOnly } from '../weights/newest-only.ts';
import { presentPairsChange } from '../weights/pairs-change.ts';
import type { RulesPreview } from './schema.ts';

/** SMEs that are named in each part; the counts are of all. */
const NAMED = 30;
/** Profiles read at a time. */
const BATCH = 500;

export interface RulesPreviewDeps {
  readonly connection: Connection;
  readonly calls: Pick<CallService, 'inForce' | 'find'>;
  readonly matcher: Pick<Matcher, 'whatIf'>;
  readonly smes: Pick<SmeService, 'cards'>;
  readonly live: Pick<Live, 'progress'>;
  readonly taxonomy: Pick<TaxonomyService, 'knowsCountry' | 'facetOf'>;
  readonly taken: (callId: string) => Promise<ReadonlyMap<string, string>>;
  readonly clusterNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Widening countries of the programme. */
  readonly widening: ReadonlySet<Country>;
}

/** What the hard rules about one SME read of it. */
type Facts = Pick<SmeRecord, '_id' | 'name' | 'country' | 'sizeClass' | 'available' | 'solutions'>;

/** One SME whose answer changes, and why it is no now; null: it is yes. */
interface Move {
  readonly id: string;
  readonly name: string;
  readonly sentence: string | null;
}

interface Moves {
  before: number;
  after: number;
  newly: Move[];
  noLonger: Move[];
}

const profileOf = ({ _id, name, country, sizeClass, available, solutions }: Facts): Profile => ({
  id: _id,
  name,
  country,
  sizeClass,
  available,
  solutions,
  clusterId: null,
  marketRole: null,
  languages: [],
  group: null,
  needs: [],
  conflicts: [],
  declined: [],
});

/** What rules would change before they are published: who may take part, and which pairs come and go. */
export function createRulesPreviewService(deps: RulesPreviewDeps) {
  const { calls, matcher, smes, live } = deps;
  const records = smeModel(deps.connection);
  const newest = newestOnly();

  async function movesBetween(now: Call, then: Call, signal: AbortSignal): Promise<Moves> {
    const moves: Moves = { before: 0, after: 0, newly: [], noLonger: [] };
    const fields = { name: 1, country: 1, sizeClass: 1, available: 1, solutions: 1 };
    let seen = 0;
    for await (const one of records.find({}, fields).lean<Facts>().cursor({ batchSize: BATCH })) {
      seen += 1;
      if (seen % BATCH === 0) await nextTurn();
      signal.throwIfAborted();
      note(moves, profileOf(one), now, then);
    }
    return moves;
  }

  async function ask(viewer: Viewer, call: Call, signal: AbortSignal): Promise<WhatIf> {
    const task = {
      task: `preview-rules:${viewer.id}`,
      label: 'Looking for the best pairs under these rules',
    };
    const { onProgress, end } = taskProgress(live, viewer.id, task);
    const question = { settings: { call }, geography: { widening: deps.widening }, options: {} };
    try {
      return await matcher.whatIf(question, { signal, onProgress });
    } catch (error) {
      throw stoppedProblem(error);
    } finally {
      end();
    }
  }

  async function named(moves: readonly Move[]): Promise<RulesPreview['newlyEligible']> {
    const first = moves.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, NAMED);
    const cards = await smes.cards(first.map(({ id }) => id));
    const found = first.flatMap(({ id, sentence }) => {
      const sme = cards.get(id);
      return sme ? [{ sme, sentence }] : [];
    });
    return { count: moves.length, smes: found };
  }

  async function preview(
    viewer: Viewer,
    callId: string,
    rules: CallRules,
    signal: AbortSignal,
  ): Promise<RulesPreview> {
    const began = performance.now();
    const standing = await calls.inForce();
    const [takenNow, takenThen] = await Promise.all([deps.taken(standing.id), deps.taken(callId)]);
    const now = toEngineCall(standing, [...takenNow.keys()]);
    const then = toEngineCall({ ...rules, id: callId }, [...takenThen.keys()]);
    const whatIf = await ask(viewer, then, signal);
    const moves = await movesBetween(now, then, signal);
    const [newlyEligible, noLongerEligible, pairs] = await Promise.all([
      named(moves.newly),
      named(moves.noLonger),
      presentPairsChange(whatIf, deps),
    ]);
    return {
      eligible: { before: moves.before, after: moves.after },
      newlyEligible,
      noLongerEligible,
      instruments: whatIf.instruments.map(({ instrument, ...counts }) => ({
        instrumentId: instrument,
        ...counts,
      })),
      listsChanged: whatIf.lists.changed,
      ...pairs,
      tookMs: Math.round(performance.now() - began),
    };
  }

  return {
    /**
     * What these rules would change if the call were in force with them; changes nothing. One at a time for each account: a newer one, or the
     * end of the request, stops it. @throws HttpProblem 400, 409 where it was stopped, 503 where it takes too long
     */
    preview(viewer: Viewer, callId: string, rules: CallRules, signal: AbortSignal): Promise<RulesPreview> {
      const faults = rulesFaults(rules, deps.taxonomy);
      if (faults.length > 0) throw invalidRequest(faults);
      return newest(viewer.id, signal, (stop) => preview(viewer, callId, rules, stop));
    },
  };
}

export type RulesPreviewService = ReturnType<typeof createRulesPreviewService>;

function note(moves: Moves, sme: Profile, now: Call, then: Call): void {
  const [refusedNow] = ownRefusals(sme, now);
  const [refusedThen] = ownRefusals(sme, then);
  if (!refusedNow) moves.before += 1;
  if (!refusedThen) moves.after += 1;
  const { id, name } = sme;
  if (refusedNow && !refusedThen) moves.newly.push({ id, name, sentence: null });
  if (!refusedNow && refusedThen) moves.noLonger.push({ id, name, sentence: refusedThen.sentence });
}
