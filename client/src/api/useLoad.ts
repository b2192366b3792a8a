import { useCallback, useEffect, useState } from 'preact/hooks';
import { isAbort } from './problem.ts';
import { api, apiUrl } from './request.ts';
import type { Query } from './request.ts';

/** Something that is being read from the server: what is known of it, and what went wrong. */
export interface Loaded<T> {
  data: T | null;
  error: unknown;
  loading: boolean;
  /** Reads again; what is on the screen stays until the answer is there. */
  reload: () => void;
  /** Replaces what is known, such as after a change or a live event. */
  set: (data: T) => void;
}

/** Reads `path` and reads it again whenever path or query change. A null path reads nothing. */
export function useLoad<T>(path: string | null, query: Query = {}): Loaded<T> {
  const [state, setState] = useState<{ url: string | null; data: T | null; error: unknown }>({
    url: null,
    data: null,
    error: null,
  });
  const [round, setRound] = useState(0);
  const url = path === null ? null : apiUrl(path, query);

  useEffect(() => {
    if (path === null || url === null) return undefined;
    const controller = new AbortController();
    api.get<T>(path, { query, signal: controller.signal }).then(
      (data) => {
        setState({ url, data, error: null });
      },
      (error: unknown) => {
        if (!isAbort(error)) setState((before) => ({ url, data: before.data, error }));
      },
    );
    return () => {
      controller.abort();
    };
  }, [url, round]);

  const current = state.url === url;
  return {
    data: current ? state.data : null,
    error: current ? state.error : null,
    loading: url !== null && !(current && (state.data !== null || state.error !== null)),
    reload: useCallback(() => {
      setState((before) => ({ ...before, error: null }));
      setRound((before) => before + 1);
    }, []),
    set: useCallback(
      (data: T) => {
        setState({ url, data, error: null });
      },
      [url],
    ),
  };
}
