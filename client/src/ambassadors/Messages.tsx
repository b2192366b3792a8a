import type { OwnApplication } from '../../../server/ambassadors/schema.ts';
import { formatMoment } from '../components/format.ts';
import { t } from '../strings/text.ts';

const words = t.ambassadors.status;

/** What the team asked and the applicant answered, oldest first. */
export function Messages(props: { messages: OwnApplication['messages']; applicant: string }) {
  if (props.messages.length === 0) return null;
  return (
    <section class="card" aria-labelledby="messages">
      <h2 id="messages">{words.messages}</h2>
      <ul class="rows plain-list">
        {props.messages.map(({ by, at, text }) => (
          <li key={at} class="row">
            <div class="stack-small">
              <p class="fine">
                {by === 'team' ? words.team : props.applicant}, {formatMoment(at)}
              </p>
              <p class="application-text">{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
