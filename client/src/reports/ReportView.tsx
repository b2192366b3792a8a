import type { Prefilled, ReportView } from '../../../server/reports/schema.ts';
import { formatDay, formatNumber } from '../components/format.ts';
import { hostOf } from '../components/prose.ts';
import { Prose } from '../components/Prose.tsx';
import { t } from '../strings/text.ts';

const words = t.programme.reports;
const COUNTS = [
  'membersRegistered',
  'invitationsSent',
  'eventAttendances',
  'useCases',
  'posts',
  'questions',
] as const satisfies readonly (keyof Prefilled)[];

/** What a cluster did in Tandem, counted. */
export function PrefilledCard(props: { prefilled: Prefilled; title: string; hint: string }) {
  const { prefilled, title, hint } = props;
  return (
    <section class="card" aria-labelledby="report-prefilled">
      <h2 id="report-prefilled">{title}</h2>
      <p class="fine">{hint}</p>
      <dl class="count-list">
        {COUNTS.map((name) => (
          <div key={name}>
            <dt>{words.counts[name]}</dt>
            <dd>{formatNumber(prefilled[name])}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What was handed in, to be read. */
export function ReportReading({ view, title }: { view: ReportView; title: string }) {
  const { activities, comments } = view.report;
  return (
    <section class="card" aria-labelledby="report-activities">
      <h2 id="report-activities">{title}</h2>
      {activities.length === 0 && <p class="fine">{words.noActivity}</p>}
      <ul class="rows plain-list">
        {activities.map((activity, at) => (
          <li key={at} class="row">
            <div>
              <p class="row-title">{activity.title}</p>
              <p class="item-meta">
                <span>{words.kinds[activity.kind]}</span>
                <span>{formatDay(activity.date)}</span>
                <span>{words.audiences[activity.audience]}</span>
                {activity.link !== null && (
                  <a href={activity.link} rel="noopener noreferrer" target="_blank">
                    {hostOf(activity.link)}
                  </a>
                )}
              </p>
            </div>
            {activity.reached !== null && <span class="number">{words.reachedBy(activity.reached)}</span>}
          </li>
        ))}
      </ul>
      <p>{words.total(view.reached)}</p>
      {comments !== '' && <Prose text={comments} />}
    </section>
  );
}
