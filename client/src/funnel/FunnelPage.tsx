import { useState } from 'preact/hooks';
import type { CallSummary } from '../../../server/calls/schema.ts';
import type { FunnelView } from '../../../server/funnel/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import { apiUrl } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Empty, Show } from '../components/feedback.tsx';
import { SelectField, type Choice } from '../components/fields.tsx';
import { countryName, formatEuros, formatMoment, formatNumber } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { ChoiceFilter, CountryFilter, filterValue, useClusterChoices } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import './funnel.css';

const words = t.calls.funnelPage;
const GROUPINGS = ['country', 'cluster', 'instrument'] as const;

/** From registered to funded, as bars that are also a table. */
export function FunnelPage(_props: PageProps) {
  const staff = currentUser().role === 'staff';
  const query = {
    callId: filterValue('callId'),
    instrumentId: filterValue('instrumentId'),
    country: filterValue('country'),
    clusterId: filterValue('clusterId'),
  };
  const of = useLoad<FunnelView>('/funnel', query);
  const calls = useLoad<Page<CallSummary>>('/calls', { limit: 100 });
  const clusters = useClusterChoices(words.allClusters);
  return (
    <>
      <PageHeading
        title={t.shell.pages.funnel}
        lead={staff ? words.lead : words.leadCluster}
        actions={
          <>
            <ButtonLink href={apiUrl('/funnel.csv', query)} download icon="imports">
              {words.csv}
            </ButtonLink>
            <Button
              onClick={() => {
                print();
              }}
            >
              {words.print}
            </Button>
          </>
        }
      />
      <div class="stack">
        <div class="toolbar" role="search">
          <ChoiceFilter
            label={words.call}
            name="callId"
            choices={[
              { value: '', label: words.allCalls },
              ...(calls.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <ChoiceFilter
            label={t.calls.instrument}
            name="instrumentId"
            choices={instrumentChoices(calls.data?.items ?? [], query.callId)}
          />
          <CountryFilter />
          {staff && (
            <ChoiceFilter label={t.directory.companies.cluster} name="clusterId" choices={clusters} />
          )}
        </div>
        <Show of={of} lines={8}>
          {(view) =>
            view.stages[0]?.smes === 0 ? (
              <Empty title={words.empty} />
            ) : (
              <>
                <Stages view={view} />
                <Money view={view} />
                <Groups view={view} />
                <p class="fine">{words.asOf(formatMoment(view.computedAt))}</p>
              </>
            )
          }
        </Show>
      </div>
    </>
  );
}

/** Instruments of the call, or of all calls, each id once. */
function instrumentChoices(calls: readonly CallSummary[], callId: string): Choice[] {
  const asked = calls.filter(({ id }) => callId === '' || id === callId);
  const names = new Map(
    asked.flatMap(({ instruments }) => instruments.map(({ id, name }) => [id, name] as const)),
  );
  return [
    { value: '', label: words.allInstruments },
    ...[...names].map(([value, label]) => ({ value, label })),
  ];
}

const shown = (count: number | null | undefined): string =>
  count === null || count === undefined ? words.unknown : formatNumber(count);

function Stages({ view: { stages, targets } }: { view: FunnelView }) {
  const most = Math.max(
    1,
    ...stages.map(({ stage, smes }) => Math.max(smes ?? 0, targets?.stages[stage]?.smes ?? 0)),
  );
  return (
    <section class="card" aria-label={t.shell.pages.funnel}>
      <table class="figure-table">
        <thead>
          <tr>
            <th scope="col">{words.stage}</th>
            <th scope="col" class="number">
              {words.smes}
            </th>
            <th scope="col" class="number">
              {words.projects}
            </th>
            {targets !== null && (
              <th scope="col" class="number">
                {words.target}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {stages.map(({ stage, smes, projects }) => {
            const target = targets?.stages[stage];
            return (
              <tr key={stage}>
                <th scope="row">
                  {words.stages[stage]}
                  <progress class="meter funnel-bar" max={most} value={smes ?? 0} aria-hidden="true" />
                </th>
                <td class="number">{shown(smes)}</td>
                <td class="number">{shown(projects)}</td>
                {targets !== null && (
                  <td class="number">
                    {target === undefined
                      ? ''
                      : [target.smes, target.projects]
                          .filter((one) => one !== null)
                          .map((one) => shown(one))
                          .join(' / ')}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {targets !== null && (
        <p class="fine">
          {words.source} {targets.source}
        </p>
      )}
    </section>
  );
}

function Money({ view: { money } }: { view: FunnelView }) {
  if (money === null) return null;
  return (
    <section class="card" aria-labelledby="funnel-money">
      <h2 id="funnel-money">{words.money}</h2>
      <p>
        {words.committed}: <strong class="number">{formatEuros(money.committedEur)}</strong>{' '}
        {money.budgetEur !== null && words.of(formatEuros(money.budgetEur))}
      </p>
      {money.assumed > 0 && <p class="fine">{words.assumed(money.assumed)}</p>}
    </section>
  );
}

function Groups({ view }: { view: FunnelView }) {
  const [by, setBy] = useState<(typeof GROUPINGS)[number]>('country');
  const nameOf = (key: string, name: string | null): string => {
    if (by === 'country') return countryName(key);
    if (by === 'cluster') return name ?? words.noCluster;
    return name ?? (key === '' ? words.noInstrument : key);
  };
  return (
    <section class="card stack-small" aria-labelledby="funnel-groups">
      <h2 id="funnel-groups">{words.groupedBy(words.groupings[by])}</h2>
      <div class="funnel-choice">
        <SelectField
          label={words.by}
          name="by"
          value={by}
          choices={GROUPINGS.map((value) => ({ value, label: words.groupings[value] }))}
          onChange={(value) => {
            setBy(GROUPINGS.find((one) => one === value) ?? 'country');
          }}
        />
      </div>
      <div class="funnel-groups" tabIndex={0} role="group" aria-label={words.groupings[by]}>
        <table class="figure-table">
          <thead>
            <tr>
              <th scope="col">{words.groupings[by]}</th>
              {view.stages.map(({ stage }) => (
                <th key={stage} scope="col" class="number">
                  {words.stages[stage]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.groups[by].map(({ key, name, counts }) => (
              <tr key={key}>
                <th scope="row">{nameOf(key, name)}</th>
                {counts.map((count, at) => (
                  <td key={view.stages[at]?.stage ?? at} class="number">
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
