import { useEffect, useState } from 'preact/hooks';
import type { EventView } from '../../../server/events/schema.ts';
import { api } from '../api/request.ts';
import { useLoad, type Loaded } from '../api/useLoad.ts';
import { announce } from '../components/announce.tsx';
import { sentenceOf } from '../components/feedback.tsx';
import { onEvent, onPresence, onReload } from '../live/live.ts';

/** An event as staff see it, kept up to date; `round` grows whenever its lists should be read again. */
export interface EventState {
  readonly of: Loaded<EventView>;
  readonly changes: number;
  /** Sends something that answers with the event as it is then; tells what came of it. */
  readonly send: (path: string, body: unknown, done: string) => Promise<boolean>;
  /** Something else changed: lists are read again. */
  readonly changed: () => void;
}

export function useEvent(eventId: string): EventState {
  const of = useLoad<EventView>(`/events/${eventId}`);
  const [changes, setChanges] = useState(0);
  const changed = (): void => {
    setChanges((before) => before + 1);
  };
  useEffect(() => {
    const look = (): void => {
      of.reload();
      changed();
    };
    const stops = [
      onEvent('event', (event) => {
        if (event.eventId === eventId) look();
      }),
      onPresence((news) => {
        if (news.eventId === eventId) look();
      }),
      onReload(look),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [eventId, of.reload]);
  const send = async (path: string, body: unknown, done: string): Promise<boolean> => {
    try {
      of.set(await api.post<EventView>(`/events/${eventId}${path}`, body));
      announce(done);
      changed();
      return true;
    } catch (error) {
      announce(sentenceOf(error));
      of.reload();
      return false;
    }
  };
  return { of, changes, send, changed };
}
