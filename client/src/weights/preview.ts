import type { WeightValues } from '../../../server/weights/schema.ts';

/** A preview as the page shows it; while one runs, the last one stays in sight. */
export type PreviewState<Preview> =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly last: Preview | null }
  | { readonly kind: 'done'; readonly preview: Preview }
  | { readonly kind: 'stopped'; readonly last: Preview | null }
  | { readonly kind: 'failed'; readonly error: unknown; readonly last: Preview | null };

/** The preview to show: the newest, or the last one while a newer one is not there. */
export function shownOf<Preview>(state: PreviewState<Preview>): Preview | null {
  if (state.kind === 'done') return state.preview;
  return 'last' in state ? state.last : null;
}

export interface PreviewRunner {
  /** Asks for the preview of these values after the pause; a newer call takes the place of an older one, running or not. */
  ask: (values: WeightValues) => void;
  /** Gives up what runs or waits, as the reader wishes. */
  stop: () => void;
  /** Gives up what runs or waits and forgets the last preview. */
  clear: () => void;
  /** Gives up silently: the page is left. */
  dispose: () => void;
}

/** Pause after the last move of a slider before the server is asked, in milliseconds. */
const PAUSE_MS = 300;

/** One preview at a time: waits for the hand to rest, aborts what has become old. */
export function createPreviewRunner<Preview>(options: {
  request: (values: WeightValues, signal: AbortSignal) => Promise<Preview>;
  show: (state: PreviewState<Preview>) => void;
  pauseMs?: number;
}): PreviewRunner {
  let running: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Preview | null = null;

  const giveUp = (): void => {
    clearTimeout(timer);
    running?.abort();
    running = null;
  };
  const run = async (values: WeightValues): Promise<void> => {
    const controller = new AbortController();
    running = controller;
    try {
      const preview = await options.request(values, controller.signal);
      if (running !== controller) return;
      last = preview;
      options.show({ kind: 'done', preview });
    } catch (error) {
      // Whoever gave it up has said so already.
      if (running === controller) options.show({ kind: 'failed', error, last });
    }
  };
  return {
    ask(values) {
      giveUp();
      options.show({ kind: 'running', last });
      timer = setTimeout(() => void run(values), options.pauseMs ?? PAUSE_MS);
    },
    stop() {
      giveUp();
      options.show({ kind: 'stopped', last });
    },
    clear() {
      giveUp();
      last = null;
      options.show({ kind: 'none' });
    },
    dispose: giveUp,
  };
}
