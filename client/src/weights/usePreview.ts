import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/request.ts';
import { createPreviewRunner } from './preview.ts';
import type { PreviewRunner, PreviewState } from './preview.ts';

/** A preview of the weights on the sliders: asked for while they move, gone when the page is left. */
export function usePreview<Preview>(path: string): readonly [PreviewState<Preview>, PreviewRunner] {
  const [state, setState] = useState<PreviewState<Preview>>({ kind: 'none' });
  const runner = useRef<PreviewRunner | null>(null);
  runner.current ??= createPreviewRunner<Preview>({
    request: (values, signal) => api.post<Preview>(path, { values }, { signal }),
    show: setState,
  });
  useEffect(() => () => runner.current?.dispose(), []);
  return [state, runner.current];
}
