import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { onEvent, onReload, progressByTask } from '../live/live.ts';

/** At most one new reading in this time, however busy the room is. */
const PAUSE_MS = 1_500;

/** Calls back when lists changed somewhere in the pool: soon after the first change, and once more after the last. */
export function usePoolChanges(onChange: () => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const note = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        onChange();
      }, PAUSE_MS);
    };
    let seen = progressByTask.peek().get('pool');
    const stopSignal = effect(() => {
      const latest = progressByTask.value.get('pool');
      if (latest !== undefined && latest !== seen) note();
      seen = latest;
    });
    const stops = [stopSignal, onEvent('weights', note), onReload(note)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, []);
}
