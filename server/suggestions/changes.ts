import type { SmeId } from '../../matching/types.ts';
import type { Live } from '../live/live.ts';
import { asciiJson } from '../text/ascii-json.ts';
import { ContentText } from '../live/present.ts';
import { TextWriter } from '../text/writer.ts';
import type { Cause } from '../live/protocol.ts';
import type { ListChanges } from '../matching/matcher.ts';
import type { Speakers } from '../accounts/speakers.ts';
import type { StoredLists, WrittenList } from './lists.ts';
import type { SuggestionService } from './service.ts';

export interface ChangesDeps {
  readonly lists: StoredLists;
  readonly speakers: Speakers;
  readonly live: Pick<Live, 'notifyAll' | 'progressToStaff'>;
  readonly suggestions: Pick<SuggestionService, 'writerOf'>;
}

export interface Changes {
  /** Takes changed lists from the matcher: stores what really differs and tells the accounts concerned. The marks stay until `unmark`. */
  apply(changes: ListChanges): Promise<void>;
  /** Takes the marks off the lists that were told. What a crash leaves marked is told again at the next start, which changes nothing. */
  unmark(): Promise<void>;
  /** Tells what a crash cut off between storing and telling. */
  tellUntold(): Promise<void>;
}

/** A partner must not learn who said 'not for me': to everybody but the one who answered it is a change in the pool. */
function causeFor({ cause, about }: ListChanges): (smeId: SmeId) => Cause {
  if (cause !== 'answer') return () => cause;
  return (smeId) => (about?.includes(smeId) ? 'answer' : 'pool');
}

/**
 * From the matcher to the people: store, then tell. The list is marked untold in the same write that changes it, and the mark goes when
 * the events are in the database; the key makes telling twice harmless. So nothing is lost between the two, and nothing comes twice.
 */
export function createChanges({ lists, speakers, live, suggestions }: ChangesDeps): Changes {
  async function tell(
    written: readonly WrittenList[],
    accounts: ReadonlyMap<SmeId, readonly string[]>,
  ): Promise<void> {
    if (written.length === 0) return;
    await live.notifyAll(
      written.map(({ smeId, listVersion, cause, record }) => {
        const notice = { kind: 'suggestions' as const, cause, smeId };
        return {
          accountIds: accounts.get(smeId) ?? [],
          notice,
          key: `list:${smeId}:${listVersion}`,
          content:
            record &&
            (async () => {
              const write = await suggestions.writerOf(record);
              const text = new TextWriter().text(`${asciiJson(notice).slice(1, -1)},"partners":`);
              write(text);
              return new ContentText(text.take());
            }),
        };
      }),
    );
    told.push(written);
  }

  /** What is in the streams, but still marked untold: the marks go behind the news, as the next lists are not to wait for them. */
  const told: (readonly WrittenList[])[] = [];

  async function unmark(): Promise<void> {
    // A command for each write: one for thousands of lists would hold up whoever asks the database meanwhile.
    for (let next = told[0]; next; next = told[0]) {
      await lists.told(next);
      told.shift();
    }
  }

  /** What is told behind the writes: of a large change the next lists are written meanwhile. */
  let telling = Promise.resolve();

  async function allTold(): Promise<void> {
    const last = telling;
    telling = Promise.resolve();
    await last;
  }

  return {
    async apply(changes) {
      let accounts: ReadonlyMap<SmeId, readonly string[]> = new Map();
      const written = await lists.write(changes.changed, {
        weightsVersion: changes.weightsVersion,
        causeOf: causeFor(changes),
        // A rebuild puts right what is stored, whatever is remembered of it.
        afresh: changes.cause === 'rebuild',
        hasReader: async (smeIds) => {
          accounts = await speakers.accountsOf(smeIds);
          return new Set(accounts.keys());
        },
      });
      await allTold();
      telling = tell(written, accounts);
      // Heard of with the next lists, or at the end.
      telling.catch(() => undefined);
      if (!changes.continues) await allTold();
      await lists.remove(changes.removed);
      if (changes.pool) await lists.keepOnly(changes.pool);
      const done = changes.changed.length + changes.removed.length;
      if (done > 0)
        live.progressToStaff({ task: 'pool', label: 'Suggestions changed', done: 0, total: done });
    },
    unmark,
    async tellUntold() {
      const untold = await lists.untold();
      await tell(untold, await speakers.accountsOf(untold.map(({ smeId }) => smeId)));
      await unmark();
    },
  };
}
