import type { NeedCard as Card } from '../../../server/needs/schema.ts';
import { currentUser } from '../app/session.ts';
import { formatDay } from '../components/format.ts';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { NeedStateMark, OrganisationLine, PartMarks, pointsOf, wantedTrl } from './NeedMarks.tsx';

const words = t.needs.card;

/** A need in a list: who, what, how far the reader's company covers it, and what waits. */
export function NeedCard(props: {
  need: Card;
  showState: boolean;
  /** Where needs are chosen to be put together. */
  picked?: boolean;
  onPick?: (picked: boolean) => void;
}) {
  const { need, onPick } = props;
  const waitingFor = currentUser().role === 'staff' ? words.waitingForThem : words.waiting;
  const points = need.fit === null ? 0 : pointsOf(need.fit.score);
  return (
    <li class="card card-link need-card">
      <div class="card-head">
        <h2 class="card-title">
          <a href={`/needs/${need.id}`}>{need.title}</a>
        </h2>
        {onPick !== undefined && (
          <input
            class="need-pick"
            type="checkbox"
            aria-label={words.pick(need.title)}
            checked={props.picked === true}
            onChange={(event) => {
              onPick(event.currentTarget.checked);
            }}
          />
        )}
      </div>
      <OrganisationLine need={need} />
      <div class="stack-small">
        <p class="clamp">{need.opening || t.needs.page.noWords}</p>
        {need.fit !== null && need.fit.score > 0 && (
          <PartMarks parts={need.fit.parts} label={words.covers(points)} />
        )}
      </div>
      <div class="badges">
        {props.showState && <NeedStateMark state={need.state} />}
        {need.fit !== null && need.fit.score > 0 && <Badge kind="good">{words.covers(points)}</Badge>}
        {need.demonstrator !== null && <Badge kind="accent">{words.demonstrator}</Badge>}
        {need.interests !== null && need.interests.waiting > 0 && (
          <Badge kind="warning">{waitingFor(need.interests.waiting)}</Badge>
        )}
        {need.interests !== null && need.interests.waiting === 0 && need.interests.all > 0 && (
          <Badge>{words.interests(need.interests.all)}</Badge>
        )}
        <span class="fine">{wantedTrl(need)}</span>
        {need.neededBy !== null && <span class="fine">{words.neededBy(formatDay(need.neededBy))}</span>}
      </div>
    </li>
  );
}
