import { t } from '../strings/text.ts';
import { liveState } from './live.ts';
import './live.css';

/** Whether this page hears of changes, in a sign and in words; nothing while nobody is signed in. */
export function LiveStatus() {
  const state = liveState.value;
  if (state === 'off') return null;
  const sentence = t.live.sentences[state];
  return (
    <p class={`live live-${state}`} role="status" title={sentence}>
      <span class="live-sign" aria-hidden="true" />
      {t.live.states[state]}
      <span class="visually-hidden">: {sentence}</span>
    </p>
  );
}
