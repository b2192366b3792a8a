import { useState } from 'preact/hooks';
import type { CallAccess } from '../../../server/funnel/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { Show } from '../components/feedback.tsx';
import { SelectField } from '../components/fields.tsx';
import { countryName, formatDay, formatNumber, formatShare } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import './funnel.css';

const words = t.calls.accessPage;
const GROUPINGS = ['country', 'cluster', 'sizeClass', 'widening'] as const;
type Grouping = (typeof GROUPINGS)[number];

/** Who is seen and who succeeds in one call, by group and over time. */
export function AccessPage({ params }: PageProps) {
  const { callId = '' } = params;
  const of = useLoad<CallAccess>(`/calls/${callId}/access`);
  return (
    <>
      <PageHeading
        title={words.title}
        lead={words.lead}
        above={<a href={`/calls/${callId}`}>{t.calls.toCall}</a>}
      />
      <Show of={of} lines={8}>
        {(access) => (
          <div class="stack">
            <p>{words.overall(formatShare(access.success))}</p>
            {access.unsuggested !== null && (
              <p>
                {words.unsuggested(access.unsuggested)} <a href="/pairs">{words.why}</a>
              </p>
            )}
            <Groups access={access} />
            <History access={access} />
          </div>
        )}
      </Show>
    </>
  );
}

const shown = (count: number | null): string =>
  count === null ? t.calls.funnelPage.unknown : formatNumber(count);

function nameOf(by: Grouping, key: string, name: string | null): string {
  if (by === 'country') return countryName(key);
  if (by === 'cluster') return name ?? t.calls.funnelPage.noCluster;
  if (by === 'widening') return key === 'widening' ? words.widening.widening : words.widening['not-widening'];
  return Object.entries(t.common.sizes).find(([size]) => size === key)?.[1] ?? key;
}

function Groups({ access }: { access: CallAccess }) {
  const [by, setBy] = useState<Grouping>('country');
  return (
    <section class="card stack-small" aria-label={words.group}>
      <SelectField
        label={t.calls.funnelPage.by}
        name="by"
        value={by}
        choices={GROUPINGS.map((value) => ({ value, label: words.groupings[value] }))}
        onChange={(value) => {
          setBy(GROUPINGS.find((one) => one === value) ?? 'country');
        }}
      />
      <div class="funnel-groups" tabIndex={0} role="group" aria-label={words.groupings[by]}>
        <table class="figure-table">
          <thead>
            <tr>
              <th scope="col">{words.groupings[by]}</th>
              <th scope="col" class="number">
                {words.share}
              </th>
              <th scope="col" class="number">
                {words.success}
              </th>
              {access.stages.map((stage) => (
                <th key={stage} scope="col" class="number">
                  {t.calls.funnelPage.stages[stage]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {access.groups[by].map(({ key, name, share, success, counts }) => (
              <tr key={key}>
                <th scope="row">{nameOf(by, key, name)}</th>
                <td class="number">{formatShare(share)}</td>
                <td class="number">{formatShare(success)}</td>
                {counts.map((count, at) => (
                  <td key={access.stages[at] ?? at} class="number">
                    {shown(count)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function History({ access: { history, stages } }: { access: CallAccess }) {
  const shownStages = stages.slice(0, 5);
  return (
    <section class="card stack-small" aria-labelledby="access-history">
      <h2 id="access-history">{words.history}</h2>
      {history.length === 0 ? (
        <p>{words.noHistory}</p>
      ) : (
        <div class="funnel-groups" tabIndex={0} role="group" aria-label={words.history}>
          <table class="figure-table">
            <thead>
              <tr>
                <th scope="col">{words.day}</th>
                {shownStages.map((stage) => (
                  <th key={stage} scope="col" class="number">
                    {t.calls.funnelPage.stages[stage]} ({words.wideningOf})
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {history.map(({ day, counts, widening }) => (
                <tr key={day}>
                  <th scope="row">{formatDay(day)}</th>
                  {shownStages.map((stage, at) => (
                    <td key={stage} class="number">
                      {shown(counts[at] ?? null)} ({shown(widening[at] ?? null)})
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
