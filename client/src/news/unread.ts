import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { UnreadView } from '../../../server/news/schema.ts';
import { isAbort } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { announce } from '../components/announce.tsx';
import { onEvent, onReload } from '../live/live.ts';
import { t } from '../strings/text.ts';

/** How many announcements the signed-in account has not read; what the navigation shows. */
export const unreadNews = signal(0);

/** Counts again. What fails is counted at the next chance: it is a mark, not the news itself. */
export async function countUnread(signal?: AbortSignal): Promise<void> {
  try {
    const { unread } = await api.get<UnreadView>('/announcements/unread', signal ? { signal } : {});
    unreadNews.value = unread;
  } catch (error) {
    if (!isAbort(error)) unreadNews.value = 0;
  }
}

/** Keeps the mark right while somebody is signed in. */
export function useUnreadNews(accountId: string): void {
  useEffect(() => {
    const controller = new AbortController();
    void countUnread(controller.signal);
    const count = () => void countUnread();
    const stops = [
      onEvent('announcement', () => {
        announce(t.programme.news.arrived);
        count();
      }),
      onReload(count),
    ];
    return () => {
      controller.abort();
      for (const stop of stops) stop();
      unreadNews.value = 0;
    };
  }, [accountId]);
}
