import type { Logger } from 'pino';
import type { AnswersAsked, NeedAnswers } from '../../matching/index.ts';
import { LEVEL_MOST } from '../../matching/needs/types.ts';
import type { Need } from '../../matching/types.ts';
import type { Live } from '../live/live.ts';
import type { NeedRecord } from './model.ts';
import { toEngineNeed } from './record.ts';

export interface TellDeps {
  readonly live: Pick<Live, 'notify'>;
  readonly log: Logger;
  readonly staff: () => Promise<readonly string[]>;
  /** Accounts that speak for these SMEs. */
  readonly smeAccounts: (smeIds: readonly string[]) => Promise<readonly string[]>;
  readonly needAnswers: (need: Need, asked: AnswersAsked) => Promise<NeedAnswers>;
}

/** SMEs that are told of a new need at most: the best. */
const TOLD_MOST = 100;

/** Tells those whom a need concerns how it stands. The same key a second time does nothing. */
export function createTell({ live, log, staff, smeAccounts, needAnswers }: TellDeps) {
  const notify = async (need: NeedRecord, accounts: readonly string[], audience: string): Promise<void> => {
    const { _id: needId, state, version } = need;
    const notice = { kind: 'need', needId, state, version } as const;
    await live.notify(accounts, notice, `need:${needId}:${version}:${state}:${audience}`);
  };

  /** SMEs that cover at least half of what is wanted hear of a need that was published. */
  async function tellCompanies(need: NeedRecord): Promise<void> {
    const { smes } = await needAnswers(toEngineNeed(need), { smes: TOLD_MOST, pairs: 0 });
    const fitting = smes.filter(({ covered, parts }) => 2 * covered >= LEVEL_MOST * parts.length);
    await notify(need, await smeAccounts(fitting.map(({ sme }) => sme)), 'companies');
  }

  return {
    /** Who stated it and staff hear of each step; companies of one that was published, without keeping the answer waiting. */
    async stepTaken(need: NeedRecord, isNew: boolean): Promise<void> {
      const own = need.ownerId === null ? [] : [need.ownerId];
      await notify(need, [...own, ...(await staff())], 'own');
      if (!isNew || need.state !== 'published') return;
      tellCompanies(need).catch((error: unknown) => {
        log.error({ err: error, needId: need._id }, 'companies could not be told of a new need');
      });
    },
  };
}
