import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Cause } from '../../../server/live/protocol.ts';
import type { PartnersView } from '../../../server/suggestions/schema.ts';
import { isAbort } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { onEvent, onReload } from '../live/live.ts';
import { applyWaiting, changeBetween, receiveList, startList } from './list.ts';
import type { ListChange, ListState } from './list.ts';

export interface AppliedChange {
  readonly change: ListChange;
  readonly causes: readonly Cause[];
}

export interface PartnerListState {
  /** Null until the first list is there. */
  readonly list: ListState | null;
  readonly error: unknown;
  readonly reload: () => void;
  /** Shows the list that waits. */
  readonly apply: () => void;
}

/**
 * The suggestions of one SME, kept up to date by live events. `isBusy` is asked when a new list comes in; `onApplied` hears of a list
 * that took the place of another one by itself.
 */
export function usePartnerList(
  smeId: string,
  options: { isBusy: () => boolean; onApplied: (applied: AppliedChange) => void },
): PartnerListState {
  const [list, setList] = useState<ListState | null>(null);
  const [error, setError] = useState<unknown>(null);
  const current = useRef<ListState | null>(null);
  const latest = useRef(options);
  latest.current = options;

  const put = useCallback((next: ListState | null): void => {
    current.current = next;
    setList(next);
  }, []);

  const take = useCallback((view: PartnersView, cause: Cause | null): void => {
    const before = current.current;
    if (before === null) {
      put(startList(view));
      return;
    }
    const after = receiveList(before, view, { cause, busy: latest.current.isBusy() });
    if (after === before) return;
    put(after);
    if (after.shown === view) {
      const causes = cause === null ? before.causes : [...new Set([...before.causes, cause])];
      latest.current.onApplied({ change: changeBetween(before.shown, view), causes });
    }
  }, []);

  const reload = useCallback((): (() => void) => {
    const controller = new AbortController();
    setError(null);
    api.get<PartnersView>(`/smes/${smeId}/partners`, { signal: controller.signal }).then(
      (view) => {
        take(view, null);
      },
      (failure: unknown) => {
        if (!isAbort(failure)) setError(failure);
      },
    );
    return () => {
      controller.abort();
    };
  }, [smeId]);

  useEffect(() => {
    put(null);
    const stops = [
      reload(),
      onEvent('suggestions', (event) => {
        // In a replay only the newest list comes whole; the ones before it are of no more use.
        if (event.smeId === smeId && event.partners !== null) take(event.partners, event.cause);
      }),
      onReload(reload),
      // Those who look over an SME's shoulder do not get its lists pushed: they hear of what changes lists, and look again.
      onEvent('weights', reload),
      onEvent('members', reload),
      onEvent('profile', reload),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [smeId]);

  return {
    list,
    error,
    reload,
    apply: () => {
      if (current.current !== null) put(applyWaiting(current.current));
    },
  };
}
