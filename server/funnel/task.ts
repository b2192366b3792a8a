import type { Task } from '../jobs/service.ts';
import type { FunnelService } from './service.ts';

/** Keeps how the call in force stands each day, so that fair access can be followed over time. */
export function funnelTask(funnel: Pick<FunnelService, 'snapshot'>): Task {
  return {
    name: 'funnel-snapshot',
    title: 'Funnel of the day',
    what: 'Keeps how many SMEs of the call in force got how far, and how many of widening countries, for the figures over time.',
    schedule: 'every night at 04:00 UTC',
    cron: '0 4 * * *',
    run: () => funnel.snapshot(),
  };
}
