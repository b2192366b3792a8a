import type { Progress } from '../live/protocol.ts';
import type { Matcher } from '../matching/matcher.ts';
import { checkConsistency, type ConsistencyDeps } from './consistency.ts';
import { sendDigests, type DigestDeps } from './digest.ts';
import type { Task } from './service.ts';

export interface TaskDeps extends DigestDeps {
  readonly matcher: ConsistencyDeps['matcher'] & Pick<Matcher, 'status'>;
  readonly storedLists: ConsistencyDeps['lists'];
  readonly expireInvitations: (now: Date) => Promise<number>;
  /** Told how far a rebuild is. */
  readonly onRebuildProgress: (progress: Progress) => void;
  /** Removes live events that are too old; says how many. */
  readonly forgetOldEvents: () => Promise<number>;
  /** Removes runs that are too old, and inputs that no run needs; says how many of each. */
  readonly forgetOldRuns: () => Promise<{ runs: number; inputs: number }>;
}

/** Everything that runs in the background, with its schedule. */
export function allTasks(deps: TaskDeps): Task[] {
  const { matcher } = deps;
  return [
    {
      name: 'nightly-rebuild',
      title: 'Nightly rebuild',
      what: 'Builds the index of all profiles anew from the database and corrects every list that differs; removes old live events and old runs.',
      schedule: 'every night at 02:30 UTC',
      cron: '30 2 * * *',
      async run(run) {
        await matcher.rebuild((progress) => {
          run.progress(progress.done, progress.total);
          deps.onRebuildProgress(progress);
        });
        const removed = await deps.forgetOldEvents();
        const old = await deps.forgetOldRuns();
        return (
          `Index of ${matcher.status().smes} SMEs built anew; ${removed} old events, ${old.runs} old runs and ` +
          `${old.inputs} inputs of runs removed.`
        );
      },
    },
    {
      name: 'consistency-check',
      title: 'Consistency check',
      what: 'Compares the stored suggestion lists with the engine and asks whether every suggested pair is eligible.',
      schedule: 'every night at 03:00 UTC',
      cron: '0 3 * * *',
      canStop: true,
      run: (run) => checkConsistency({ lists: deps.storedLists, matcher }, run),
    },
    {
      name: 'expire-invitations',
      title: 'Expiry of invitations',
      what: 'Marks invitations as expired whose time is over.',
      schedule: 'every hour, on the hour',
      cron: '0 * * * *',
      async run() {
        const count = await deps.expireInvitations(deps.clock());
        return count === 1 ? '1 invitation expired.' : `${count} invitations expired.`;
      },
    },
    {
      name: 'suggestions-digest',
      title: 'Digest of new suggestions',
      what: 'Mails each SME whose list changed since its last digest its best partners, at most once a day.',
      schedule: 'every day at 07:00 UTC',
      cron: '0 7 * * *',
      canStop: true,
      run: (run) => sendDigests(deps, run),
    },
  ];
}
