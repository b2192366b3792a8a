import { useEffect, useRef, useState } from 'preact/hooks';
import type { Repetition } from '../../../server/runs/schema.ts';
import { isAbort } from '../api/problem.ts';
import { api } from '../api/request.ts';

export type RepeatState =
  | { readonly kind: 'none' | 'running' | 'stopped' }
  | { readonly kind: 'done'; readonly repetition: Repetition }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Runs a run again, by the path that does it, when told to; ends it when the page is left. */
export function useRepeat(
  path: string,
): readonly [RepeatState, { readonly start: () => void; readonly stop: () => void }] {
  const [state, setState] = useState<RepeatState>({ kind: 'none' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), [path]);
  const start = (): void => {
    const controller = new AbortController();
    running.current = controller;
    setState({ kind: 'running' });
    api.post<Repetition>(path, {}, { signal: controller.signal }).then(
      (repetition) => {
        setState({ kind: 'done', repetition });
      },
      (error: unknown) => {
        setState(isAbort(error) ? { kind: 'stopped' } : { kind: 'failed', error });
      },
    );
  };
  return [state, { start, stop: () => running.current?.abort() }];
}
