import type { MyEvent } from '../../../server/events/schema.ts';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { t } from '../strings/text.ts';
import type { MyEventState } from './useMyEvent.ts';

type Change = 'expected' | 'here' | 'left';
const DONE: Readonly<Record<Change, string>> = {
  expected: t.event.comingDone,
  here: t.event.checkInDone,
  left: t.event.leaveDone,
};

/** Where this SME stands with the event, and the one tap that changes it. */
export function PresenceBar({ view, act }: { view: MyEvent; act: MyEventState['act'] }) {
  const { event, presence } = view;
  if (event.state === 'ended' || event.state === 'cancelled') return null;
  const doorsOpen = event.state === 'open' || event.state === 'paused';
  const say = (state: Change): Promise<void> =>
    act(
      {
        method: 'PUT',
        path: `/events/${event.id}/participants/${view.smeId}`,
        body: { state },
        about: 'presence',
      },
      state === 'left' && presence !== 'here' ? t.event.notComingDone : DONE[state],
    );
  const leave = async (): Promise<void> => {
    const action = presence === 'here' ? t.event.leave : t.event.notComing;
    const title = presence === 'here' ? t.event.leaveAsk : t.event.notComingAsk;
    if (await askConfirm({ title, body: t.event.leaveWhat, action })) await say('left');
  };
  return (
    <div class={`event-presence event-presence-${presence}`}>
      <p role="status">{t.event.presence[presence]}</p>
      <div class="actions">
        {doorsOpen && presence !== 'here' && (
          <Button kind="primary" icon="check" onClick={() => void say('here')}>
            {presence === 'left' ? t.event.back : t.event.checkIn}
          </Button>
        )}
        {!doorsOpen && (presence === 'invited' || presence === 'left') && (
          <Button kind="primary" icon="check" onClick={() => void say('expected')}>
            {t.event.coming}
          </Button>
        )}
        {presence === 'here' && <Button onClick={() => void leave()}>{t.event.leave}</Button>}
        {presence === 'expected' && <Button onClick={() => void leave()}>{t.event.notComing}</Button>}
      </div>
    </div>
  );
}
