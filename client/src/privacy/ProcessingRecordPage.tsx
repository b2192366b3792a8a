import type { ProcessingRecord, RetentionView } from '../../../server/privacy/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { Button } from '../components/Button.tsx';
import { Show } from '../components/feedback.tsx';
import { formatDay } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';

const words = t.privacy.record;

/** The record of processing activities, ready to print. */
export function ProcessingRecordPage(_props: PageProps) {
  const record = useLoad<ProcessingRecord>('/privacy/record');
  const rules = useLoad<RetentionView>('/privacy/retention').data?.items ?? [];
  return (
    <>
      <PageHeading
        title={t.shell.pages.processingRecord}
        lead={words.lead}
        actions={
          <Button
            onClick={() => {
              window.print();
            }}
          >
            {words.print}
          </Button>
        }
      />
      <Show of={record} lines={8}>
        {(found) => (
          <div class="stack">
            <Controller record={found} />
            {found.activities.map((activity) => (
              <Activity key={activity.id} activity={activity} rules={rules} />
            ))}
            <section class="card" aria-labelledby="record-measures">
              <h2 id="record-measures">{words.measures}</h2>
              <ul>
                {found.measures.map((measure) => (
                  <li key={measure}>{measure}</li>
                ))}
              </ul>
            </section>
          </div>
        )}
      </Show>
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Controller({ record }: { record: ProcessingRecord }) {
  return (
    <section class="card" aria-labelledby="record-controller">
      <h2 id="record-controller">{words.controller}</h2>
      <dl class="facts">
        <Fact name={words.controller} value={record.controller} />
        <Fact name={words.contact} value={record.contact} />
        <Fact name={words.transfers} value={record.transfers} />
        <Fact name={words.since} value={formatDay(record.since)} />
      </dl>
      <p class="fine">{record.source}</p>
    </section>
  );
}

function Activity(props: {
  activity: ProcessingRecord['activities'][number];
  rules: RetentionView['items'];
}) {
  const { activity } = props;
  const kept = props.rules
    .filter(({ id }) => activity.retention.includes(id))
    .map(({ what, days }) => `${what}: ${t.privacy.retention.daysOf(days)}`);
  return (
    <section class="card" aria-labelledby={`record-${activity.id}`}>
      <h2 id={`record-${activity.id}`}>{activity.title}</h2>
      <dl class="facts">
        <Fact name={words.purpose} value={activity.purpose} />
        <Fact name={words.basis} value={activity.basis} />
        <Fact name={words.people} value={activity.people} />
        <Fact name={words.data} value={activity.data} />
        <Fact name={words.recipients} value={activity.recipients} />
        <Fact name={words.retention} value={kept.length === 0 ? words.forAsLong : kept.join('; ')} />
      </dl>
      <p class="fine">{words.sinceOf(formatDay(activity.since))}</p>
    </section>
  );
}
