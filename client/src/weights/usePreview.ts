import { useEffect, useRef, useState } from 'preact/hooks';
import type { WeightsPreview, WeightValues } from '../../../server/weights/schema.ts';
import { api } from '../api/request.ts';
import { createPreviewRunner } from './preview.ts';
import type { PreviewRunner, PreviewState } from './preview.ts';

/** The preview of the weights on the sliders: asked for while they move, gone when the page is left. */
export function usePreview(): readonly [PreviewState, PreviewRunner] {
  const [state, setState] = useState<PreviewState>({ kind: 'none' });
  const runner = useRef<PreviewRunner | null>(null);
  runner.current ??= createPreviewRunner({
    request: (values: WeightValues, signal) =>
      api.post<WeightsPreview>('/weights/preview', { values }, { signal }),
    show: setState,
  });
  useEffect(() => () => runner.current?.dispose(), []);
  return [state, runner.current];
}
