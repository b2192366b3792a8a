import type { MyEvent, WishKind } from '../../../server/events/schema.ts';
import { Button } from '../components/Button.tsx';
import { t } from '../strings/text.ts';
import type { MyEventState } from './useMyEvent.ts';

const WISHES: readonly WishKind[] = ['must-meet', 'would-like'];

/** Whom a wish or a request to meet is about. */
export interface Wanted {
  readonly id: string;
  readonly name: string;
}

/** A wish is set by one tap and taken back by a second one. */
export function WishButtons(props: { view: MyEvent; partner: Wanted; act: MyEventState['act'] }) {
  const { event, wishes } = props.view;
  const { partner } = props;
  const standing = wishes.find((wish) => wish.partner.id === partner.id)?.wish ?? null;
  const set = (wish: WishKind): Promise<void> => {
    const path = `/events/${event.id}/wishes`;
    const about = `wish ${partner.id}`;
    return standing === wish
      ? props.act({ method: 'DELETE', path: `${path}/${partner.id}`, about }, t.event.wishNone)
      : props.act({ method: 'PUT', path, body: { partnerId: partner.id, wish }, about }, t.event.wishDone);
  };
  return (
    <div class="actions" role="group" aria-label={t.event.wishOf(partner.name)}>
      {WISHES.map((wish) => (
        <Button
          key={wish}
          small
          kind={standing === wish ? 'primary' : 'secondary'}
          pressed={standing === wish}
          onClick={() => void set(wish)}
        >
          {t.event.wishes[wish]}
        </Button>
      ))}
    </div>
  );
}

/** Leads to the request; not there where they meet, one of them has asked, or no round is left. */
export function AskButton<Partner extends Wanted>(props: {
  view: MyEvent;
  partner: Partner;
  onAsk: (partner: Partner) => void;
}) {
  const { view, partner } = props;
  const met = view.rounds.some(({ meeting }) => meeting?.partner.id === partner.id);
  const asked = view.requests.some((one) => one.partner.id === partner.id && one.state === 'pending');
  const over = view.rounds.every(({ state }) => state !== 'planned');
  if (met || asked || over) return null;
  return (
    <Button
      kind="primary"
      small
      onClick={() => {
        props.onAsk(partner);
      }}
    >
      {t.event.ask}
      <span class="visually-hidden">: {partner.name}</span>
    </Button>
  );
}
