import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../../../server/http/schema.ts';
import { isAbort } from './problem.ts';
import { api, apiUrl } from './request.ts';
import type { Query } from './request.ts';

/** A list that is read a page at a time. */
export interface Pages<T> {
  items: readonly T[];
  total: number;
  /** True where there is a further page. */
  hasMore: boolean;
  /** True while the first page has not come yet. */
  loading: boolean;
  loadingMore: boolean;
  error: unknown;
  more: () => void;
  reload: () => void;
}

interface State<T> {
  url: string;
  items: readonly T[];
  next: string | null;
  total: number;
  error: unknown;
  settled: boolean;
}
const nothing = { items: [], next: null, total: 0, error: null, settled: false };

/** Reads the list at `path` by cursor; starts again whenever path or query change. */
export function usePages<T>(path: string, query: Query = {}): Pages<T> {
  const url = apiUrl(path, query);
  const [state, setState] = useState<State<T>>({ url, ...nothing });
  const [round, setRound] = useState(0);
  const [loadingMore, setLoadingMore] = useState(false);
  const running = useRef<AbortController | null>(null);

  const read = useCallback(
    (cursor: string | null, before: readonly T[]) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      api.get<Page<T>>(path, { query: { ...query, cursor }, signal: controller.signal }).then(
        (page) => {
          setLoadingMore(false);
          setState({ ...page, url, items: [...before, ...page.items], error: null, settled: true });
        },
        (error: unknown) => {
          if (isAbort(error)) return;
          setLoadingMore(false);
          setState((known) => ({
            ...(known.url === url ? known : { url, ...nothing }),
            error,
            settled: true,
          }));
        },
      );
    },
    [url],
  );

  useEffect(() => {
    read(null, []);
    return () => running.current?.abort();
  }, [url, round]);

  const current = state.url === url ? state : { ...nothing, url };
  return {
    items: current.items,
    total: current.total,
    error: current.error,
    hasMore: current.next !== null,
    loading: !current.settled,
    loadingMore,
    more: () => {
      if (current.next === null || loadingMore) return;
      setLoadingMore(true);
      read(current.next, current.items);
    },
    reload: useCallback(() => {
      setRound((before) => before + 1);
    }, []),
  };
}
