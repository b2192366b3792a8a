import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../strings/text.ts';
import { Icon } from './Icon.tsx';

const said = signal<{ id: number; words: string } | null>(null);
/** Long enough to read twice. */
const shownForMs = 7000;

/** Says in passing that something was done: a small note at the edge, read politely by screen readers. */
export function announce(words: string): void {
  said.value = { id: (said.value?.id ?? 0) + 1, words };
}

/** Where the notes appear; once in the frame. The live region itself is always there, so that it is heard. */
export function Announcer() {
  const current = said.value;
  useEffect(() => {
    if (current === null) return undefined;
    const timer = setTimeout(() => {
      said.value = null;
    }, shownForMs);
    return () => {
      clearTimeout(timer);
    };
  }, [current?.id]);
  return (
    <div class="announcer" role="status">
      {current !== null && (
        <div class="toast" key={current.id}>
          <Icon name="check" />
          <span>{current.words}</span>
          <button
            type="button"
            class="icon-button"
            aria-label={t.common.close}
            onClick={() => {
              said.value = null;
            }}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
