const DAY_MS = 86_400_000;

/** Beginning of an ISO day, UTC. */
export function startOf(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

/** End of an ISO day, UTC: the beginning of the next. */
export function endOf(day: string): Date {
  return new Date(startOf(day).getTime() + DAY_MS);
}

/** Which reminder is due; `before` a week ahead, `due` on the day, `after` a week later. */
export type Stage = 'before' | 'due' | 'after';

/** Days before and after the due day on which the first and the last reminder leave. */
export const REMIND_DAYS = 7;
/** After so many days nobody is reminded any more. */
const GIVE_UP_DAYS = 60;

/** The reminder that belongs to this moment; null: none. A server that was away on the day itself catches up with it. */
export function stageAt(dueOn: string, now: Date): Stage | null {
  const days = (now.getTime() - startOf(dueOn).getTime()) / DAY_MS;
  if (days < -REMIND_DAYS || days >= GIVE_UP_DAYS) return null;
  if (days < 0) return 'before';
  return days < REMIND_DAYS ? 'due' : 'after';
}
