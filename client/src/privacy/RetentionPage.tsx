import type { RetentionView } from '../../../server/privacy/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { Show } from '../components/feedback.tsx';
import { formatDay } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';

const words = t.privacy.retention;

/** How long what is kept, why, and what the next run of the job would remove. */
export function RetentionPage(_props: PageProps) {
  const retention = useLoad<RetentionView>('/privacy/retention');
  return (
    <>
      <PageHeading
        title={t.shell.pages.retention}
        lead={words.lead}
        actions={<a href="/jobs">{words.jobs}</a>}
      />
      <Show of={retention} lines={8}>
        {({ items, source, since }) => (
          <>
            <RuleTable items={items} />
            <p class="fine">
              {words.source}: {source} ({formatDay(since)})
            </p>
          </>
        )}
      </Show>
    </>
  );
}

function RuleTable({ items }: Pick<RetentionView, 'items'>) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.days}</th>
          <th scope="col">{words.why}</th>
          <th scope="col">{words.due}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, what, days, from, why, by, due }) => (
          <tr key={id}>
            <th scope="row">{what}</th>
            <td data-label={words.days}>
              {words.daysOf(days)}
              <span class="fine cell-line">{from}</span>
            </td>
            <td data-label={words.why}>
              <span class="fine">{why}</span>
            </td>
            <td data-label={words.due}>
              {due === null ? <span class="fine">{words.by[by]}</span> : words.records(due)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
