import { useCallback, useEffect, useState } from 'preact/hooks';
import type { MyEvent } from '../../../server/events/schema.ts';
import { useLoad, type Loaded } from '../api/useLoad.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { sentenceOf } from '../components/feedback.tsx';
import { liveState, onEvent, onReload } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { browserStore, createOutbox, sendAction, type Action, type Outbox } from './outbox.ts';

export interface MyEventState {
  readonly of: Loaded<MyEvent>;
  /** Sends an action, or keeps it until the network is back; says what came of it. */
  readonly act: (action: Action, done: string) => Promise<void>;
  /** How many actions wait for the network. */
  readonly waiting: number;
  /** What changed last, in a sentence; null: nothing since the page was opened. */
  readonly news: string | null;
}

/** Several events that come together are answered by one reading. */
const SETTLE_MS = 120;

/** One for each account: a page may show several events, and what was kept is sent once. */
const outboxes = new Map<string, Outbox>();

function outboxOf(userId: string): Outbox {
  const known = outboxes.get(userId) ?? createOutbox(browserStore(userId), sendAction);
  outboxes.set(userId, known);
  return known;
}

/** All that the phone of an SME shows of an event, kept up to date, with what it does about it. */
export function useMyEvent(eventId: string, smeId: string | null): MyEventState {
  const of = useLoad<MyEvent>(`/events/${eventId}/mine`, { smeId });
  const [news, setNews] = useState<string | null>(null);
  const userId = currentUser().id;
  const outbox = outboxOf(userId);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      timer = setTimeout(of.reload, SETTLE_MS);
    };
    const tell = (sentence: string): void => {
      setNews(sentence);
      announce(sentence);
    };
    const stops = [
      onEvent('event', (event) => {
        if (event.eventId !== eventId) return;
        if (event.text !== null) tell(event.text);
        look();
      }),
      onEvent('meeting', (event) => {
        if (event.eventId !== eventId) return;
        tell(event.sentence);
        look();
      }),
      onEvent('request', (event) => {
        if (event.eventId === eventId) look();
      }),
      onEvent('consortium', look),
      onReload(look),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [eventId]);

  const line = liveState.value;
  useEffect(() => {
    if (line !== 'live') return;
    const hadWaiting = outbox.waiting.value > 0;
    void outbox
      .flush((error) => {
        announce(sentenceOf(error));
      })
      .then(() => {
        if (!hadWaiting) return;
        if (outbox.waiting.value === 0) announce(t.event.outboxSent);
        of.reload();
      });
  }, [line]);

  const act = useCallback(
    async (action: Action, done: string): Promise<void> => {
      try {
        const outcome = await outbox.act({ ...action, about: `${eventId} ${action.about}` });
        announce(outcome === 'sent' ? done : t.event.kept);
      } catch (error) {
        announce(sentenceOf(error));
      }
      of.reload();
    },
    [eventId, outbox, of.reload],
  );
  return { of, act, waiting: outbox.waiting.value, news };
}
