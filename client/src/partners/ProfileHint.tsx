import type { CompletenessView } from '../../../server/smes/schema.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Meter } from '../components/marks.tsx';
import { t } from '../strings/text.ts';

/** The one empty field whose answer would help most, with the way to it. */
export function ProfileHint(props: {
  completeness: CompletenessView;
  href: string;
  /** Name of the SME, where the reader is not that SME. */
  name: string | undefined;
}) {
  const { next, share } = props.completeness;
  if (next === null) return null;
  const words = t.partners.next;
  const filled = words.filled(Math.round(share * 100));
  return (
    <section class="card profile-hint" aria-label={props.name ? words.titleOf(props.name) : words.title}>
      <div class="stack-small">
        <p class="label">{props.name ? words.titleOf(props.name) : words.title}</p>
        <p>{next.sentence}</p>
        <div class="profile-hint-meter">
          <Meter share={share} label={filled} />
          <span class="fine number">{filled}</span>
        </div>
      </div>
      <ButtonLink href={props.href} icon="edit" kind="secondary">
        {words.action}
      </ButtonLink>
    </section>
  );
}
