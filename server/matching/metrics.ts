import { Gauge, type Registry } from 'prom-client';
import type { Matcher } from './matcher.ts';

/** Shows the state of the matcher among the metrics; read when they are asked for. */
export function measureMatcher(matcher: Pick<Matcher, 'status'>, registry: Registry): void {
  const registers = [registry];
  new Gauge({
    name: 'matching_restarts',
    help: 'Times the thread of the matching engine was started again since the server started, by reason.',
    labelNames: ['reason'],
    registers,
    collect() {
      const { died, hung } = matcher.status().restarts;
      this.set({ reason: 'died' }, died);
      this.set({ reason: 'hung' }, hung);
    },
  });
  new Gauge({
    name: 'matching_ready',
    help: '1 where the matching engine answers, 0 while it starts.',
    registers,
    collect() {
      this.set(matcher.status().ready ? 1 : 0);
    },
  });
  new Gauge({
    name: 'matching_smes',
    help: 'SMEs that the matching engine knows.',
    registers,
    collect() {
      this.set(matcher.status().smes);
    },
  });
  new Gauge({
    name: 'matching_last_refresh_seconds',
    help: 'Time that bringing the lists up to date took the last time.',
    registers,
    collect() {
      this.set((matcher.status().lastRefreshMs ?? 0) / 1_000);
    },
  });
}
