import type { Pulse } from './pulse.ts';

export interface WatchOptions {
  readonly pulse: Pulse;
  /** Longest silence of a thread that has work to do. */
  readonly hangMs: number;
  /** Whether somebody waits for the thread; one that nobody waits for may be silent. */
  readonly isAwaited: () => boolean;
  /** Called once, when the silence was too long. */
  readonly onHang: () => void;
}

/** A thread that has not begun yet is loading its modules: that may take this long at least. */
const LOADING_MS = 60_000;
/** How often one silence is looked at. */
const LOOKS = 8;
const LOOK_MOST_MS = 1_000;

/**
 * Watches over a thread. Time is counted in looks, not by the clock: where this whole process stood still (a laptop that slept), that is
 * one look and no reason to end the thread.
 *
 * @returns ends the watch
 */
export function watchOver({ pulse, hangMs, isAwaited, onHang }: WatchOptions): () => void {
  const lookMs = Math.min(LOOK_MOST_MS, Math.ceil(hangMs / LOOKS));
  let heard = pulse.beats;
  let silentMs = 0;
  const timer = setInterval(() => {
    const beats = pulse.beats;
    silentMs = beats === heard && isAwaited() ? silentMs + lookMs : 0;
    heard = beats;
    const limitMs = beats === 0 ? Math.max(LOADING_MS, hangMs) : hangMs;
    if (silentMs <= limitMs) return;
    clearInterval(timer);
    onHang();
  }, lookMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
