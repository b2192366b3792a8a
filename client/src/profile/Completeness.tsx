import type { CompletenessView } from '../../../server/smes/schema.ts';
import { Button } from '../components/Button.tsx';
import { Notice } from '../components/feedback.tsx';
import { formatShare } from '../components/format.ts';
import { Icon } from '../components/Icon.tsx';
import { Meter } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { jumpTo } from './jump.ts';

const words = t.profile.completeness;

/** How complete the saved profile is, and the field that would help its suggestions most. */
export function Completeness({ of, canJump }: { of: CompletenessView; canJump: boolean }) {
  const share = formatShare(of.share);
  return (
    <section class="card" aria-labelledby="profile-completeness">
      <div class="card-head">
        <h2 id="profile-completeness">{words.title}</h2>
        <strong class="number">{share}</strong>
      </div>
      <Meter share={of.share} label={words.meter(share)} />
      {of.next === null ? <p>{words.complete}</p> : <NextField next={of.next} canJump={canJump} />}
      <details class="more">
        <summary>{words.all}</summary>
        <ul class="checks">
          {of.fields.map((field) => (
            <li key={field.field} class={field.filled ? 'check-done' : 'check-open'}>
              <Icon name={field.filled ? 'check' : 'plus'} />
              <span>
                {field.label}
                <span class="visually-hidden">: {field.filled ? words.filled : words.empty}</span>
                {!field.filled && <span class="fine check-why">{field.why}</span>}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function NextField(props: { next: NonNullable<CompletenessView['next']>; canJump: boolean }) {
  const { next } = props;
  return (
    <div class="next-field">
      <p>{next.sentence}</p>
      {props.canJump && (
        <Button
          small
          icon="arrow"
          label={words.jumpTo(next.label)}
          onClick={() => {
            jumpTo(next.field);
          }}
        >
          {words.jump}
        </Button>
      )}
    </div>
  );
}

/** What still stands between this company and a consortium; suggestions come all the same. */
export function Blockers({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) {
    return (
      <Notice kind="good" title={words.ready}>
        <p>{words.readyBody}</p>
      </Notice>
    );
  }
  return (
    <Notice kind="warning" title={words.blocked}>
      <ul class="bullets">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p class="fine">{words.blockedHint}</p>
    </Notice>
  );
}
