import type { MyEvent } from '../../../server/events/schema.ts';
import { CompanyLine } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { WishButtons } from './PartnerActions.tsx';
import type { MyEventState } from './useMyEvent.ts';

/** Whom this SME wishes to meet, also those that are in no list; a second tap takes a wish back. */
export function MyWishes({ view, act }: { view: MyEvent; act: MyEventState['act'] }) {
  if (view.wishes.length === 0) return null;
  return (
    <section class="stack-small" aria-labelledby="my-wishes">
      <h2 id="my-wishes">{t.event.myWishes}</h2>
      <ul class="event-requests">
        {view.wishes.map(({ partner }) => (
          <li key={partner.id} class="card">
            <h3>
              <a href={`/smes/${partner.id}`}>{partner.name}</a>
            </h3>
            <CompanyLine sme={partner} />
            <WishButtons view={view} partner={partner} act={act} />
          </li>
        ))}
      </ul>
    </section>
  );
}
