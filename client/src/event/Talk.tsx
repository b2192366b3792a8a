import type { MyMeeting } from '../../../server/events/schema.ts';
import { t } from '../strings/text.ts';

/** What two who meet could talk about, drawn from why they were matched. */
export function Talk({ talk }: { talk: MyMeeting['talk'] }) {
  const { youBring, theyBring, challenge, trl } = talk;
  if (youBring.length + theyBring.length === 0 && challenge === null && trl === null) return null;
  return (
    <div class="event-talk">
      <h3>{t.event.talk}</h3>
      <dl>
        {youBring.length > 0 && <Line term={t.event.youBring} words={youBring.join(', ')} />}
        {theyBring.length > 0 && <Line term={t.event.theyBring} words={theyBring.join(', ')} />}
        {challenge !== null && <Line term={t.event.challenge} words={challenge} />}
        {trl !== null && <Line term={t.event.trl} words={trl} />}
      </dl>
    </div>
  );
}

function Line({ term, words }: { term: string; words: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{words}</dd>
    </div>
  );
}
