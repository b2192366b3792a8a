import { trusted, type Connection } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import type { CallService } from '../calls/service.ts';
import { consortiumModel, type ConsortiumRecord } from '../consortia/model.ts';
import { notFound } from '../http/errors.ts';
import type { CsvCell } from '../http/csv.ts';
import { allowedAmong } from '../privacy/standing.ts';
import type { SmeService } from '../smes/service.ts';
import { newId } from '../storage/ids.ts';
import type { OutcomeService } from './service.ts';

export const RESULT_COLUMNS = [
  'sme_a',
  'country_a',
  'sme_b',
  'country_b',
  'project',
  'instrument',
  'outcome',
  'date',
  'grant_eur',
] as const;
/** Stands for an SME that has not agreed to be named. */
export const NOT_NAMED = 'not named';
/** Consortia read at a time. */
const BATCH = 200;

export type ResultsService = ReturnType<typeof createResults>;

/**
 * The results of a call for reports to the funder and the public: every consortium with a recorded outcome is counted, an SME is named only
 * where it agreed to that (consent `named-results`), and a project only where both did, as its title may give them away.
 */
export function createResults(deps: {
  connection: Connection;
  audit: Audit;
  calls: Pick<CallService, 'find'>;
  outcomes: Pick<OutcomeService, 'some'>;
  smes: Pick<SmeService, 'cards'>;
}) {
  const consortia = consortiumModel(deps.connection);

  async function rowsOf(records: readonly ConsortiumRecord[]): Promise<CsvCell[][]> {
    const smeIds = records.flatMap(({ smeIds: both }) => both);
    const [known, cards, agreed] = await Promise.all([
      deps.outcomes.some(records.map(({ _id }) => _id)),
      deps.smes.cards(smeIds),
      allowedAmong(deps.connection, 'named-results', smeIds),
    ]);
    const sideOf = (id: string): [string, string] => {
      const card = cards.get(id);
      return [card && agreed.has(id) ? card.name : NOT_NAMED, card?.country ?? ''];
    };
    return records.flatMap(({ _id, a, b, details }) => {
      const outcome = known.get(_id);
      if (!outcome) return [];
      const title = agreed.has(a) && agreed.has(b) ? details.title : NOT_NAMED;
      const { state, date, grantEur } = outcome;
      return [[...sideOf(a), ...sideOf(b), title, details.instrumentId, state, date, grantEur]];
    });
  }

  async function* rows(callId: string): AsyncIterable<CsvCell[]> {
    for (let after = ''; ;) {
      const records: ConsortiumRecord[] = await consortia
        .find({ callId, state: 'formed', _id: trusted({ $gt: after }) })
        .sort({ _id: 1 })
        .limit(BATCH)
        .lean<ConsortiumRecord[]>()
        .exec();
      yield* await rowsOf(records);
      const last = records.at(-1);
      if (!last) return;
      after = last._id;
    }
  }

  return {
    /** The rows of the file, read while they are taken. That somebody took it is recorded. @throws HttpProblem 404 without such a call */
    async export(viewer: Viewer, callId: string): Promise<AsyncIterable<CsvCell[]>> {
      if (!(await deps.calls.find(callId))) throw notFound('call');
      await deps.audit.record({
        actor: viewer,
        action: 'results.export',
        thing: { kind: 'results-export', id: newId() },
        before: null,
        after: null,
        reason: `Results of the call ${callId}`,
      });
      return rows(callId);
    },
  };
}
