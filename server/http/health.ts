import { Router } from 'express';

/** True if the part can do its work now. */
export type ReadinessCheck = () => boolean | Promise<boolean>;

export interface Readiness {
  /** Names of the parts that are not ready; empty: ready. */
  missing(): Promise<string[]>;
  /** From now on not ready: traffic should go elsewhere, the process is about to end. */
  drain(): void;
}

/** A check that throws or takes longer than this counts as not ready. */
const CHECK_MAX_MS = 2_000;

async function passes(check: ReadinessCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, CHECK_MAX_MS, false);
  });
  try {
    return await Promise.race([Promise.resolve(check()), tooLate]);
  } catch {
    // What is wrong with the part is in its own log; here it is only 'not ready'.
    return false;
  } finally {
    clearTimeout(timer);
  }
}

export function createReadiness(checks: Readonly<Record<string, ReadinessCheck>>): Readiness {
  let draining = false;
  return {
    async missing() {
      if (draining) return ['draining'];
      const results = await Promise.all(
        Object.entries(checks).map(async ([name, check]) =>
          (await passes(async () => check())) ? [] : [name],
        ),
      );
      return results.flat();
    },
    drain() {
      draining = true;
    },
  };
}

/** `/healthz`: the process lives. `/readyz`: it can serve; 503 names what is missing. */
export function healthRoutes(readiness: Readiness): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const missing = await readiness.missing();
    res
      .set('Cache-Control', 'no-store')
      .status(missing.length === 0 ? 200 : 503)
      .json(missing.length === 0 ? { status: 'ready' } : { status: 'not-ready', missing });
  });
  return router;
}
