import type { Task } from '../jobs/service.ts';
import type { Retention } from './retention.ts';

/** Lets go each night of what was kept long enough. */
export function retentionTask(retention: Pick<Retention, 'apply'>): Task {
  return {
    name: 'retention',
    title: 'Retention',
    what: 'Removes what was kept long enough, by the rules on the page Retention.',
    schedule: 'every night at 04:00 UTC',
    cron: '0 4 * * *',
    canStop: true,
    async run(run) {
      const counts = Object.entries(await retention.apply(run));
      if (counts.length === 0) return 'Nothing was old enough to go.';
      return `Removed: ${counts.map(([rule, count]) => `${rule} ${count}`).join(', ')}.`;
    },
  };
}
