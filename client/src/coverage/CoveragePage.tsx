import { useState } from 'preact/hooks';
import type { Coverage, CoverageRow } from '../../../server/coverage/schema.ts';
import { apiUrl } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Show } from '../components/feedback.tsx';
import { Figure, Figures } from '../components/Figures.tsx';
import { formatNumber } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { ChoiceFilter, filterValue } from '../directory/filters.tsx';
import { EuropeMap } from '../map/EuropeMap.tsx';
import { shadesFor, stepOf } from '../map/steps.ts';
import { useTaxonomy, type Facet } from '../profile/taxonomy.ts';
import { t } from '../strings/text.ts';
import { CountryCard } from './CountryCard.tsx';
import { CoverageTable } from './CoverageTable.tsx';
import './coverage.css';

const words = t.coverage;

/** What the map can show, and how much of it a country has. */
const MEASURES = {
  clusters: (row: CoverageRow) => row.partnerClusters + row.ambassadorClusters,
  smes: (row: CoverageRow) => row.smes,
  alone: (row: CoverageRow) => row.smesWithoutCluster,
  offers: (row: CoverageRow) => row.offers,
  needs: (row: CoverageRow) => row.needs,
} as const;
type Measure = keyof typeof MEASURES;
const measureOf = (name: string): Measure =>
  (['smes', 'alone', 'offers', 'needs'] as const).find((one) => one === name) ?? 'clusters';

/** Where clusters, companies, offers and needs are, and what one more cluster would add. */
export function CoveragePage(_props: PageProps) {
  const query = { capability: filterValue('capability'), field: filterValue('field') };
  const loaded = useLoad<Coverage>('/coverage', query);
  return (
    <>
      <PageHeading
        title={words.title}
        lead={words.lead}
        actions={
          <>
            <ButtonLink small icon="imports" href={apiUrl('/coverage/coverage.csv', query)} download>
              {words.csv}
            </ButtonLink>
            <ButtonLink small icon="imports" href={apiUrl('/coverage/coverage.json', query)} download>
              {words.json}
            </ButtonLink>
          </>
        }
      />
      <div class="stack">
        <Filters />
        <Show of={loaded} lines={8}>
          {(coverage) => <Body coverage={coverage} query={query} />}
        </Show>
      </div>
    </>
  );
}

function Filters() {
  const { data } = useTaxonomy();
  const named = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels).map(([value, label]) => ({ value, label }));
  const termsOf = (facet: Facet, first: string) => [
    { value: '', label: first },
    ...(data?.terms ?? [])
      .filter((term) => term.facet === facet)
      .map(({ id, label }) => ({ value: id, label }))
      .sort((one, other) => one.label.localeCompare(other.label, 'en')),
  ];
  return (
    <div class="toolbar">
      <ChoiceFilter label={words.show} name="show" choices={named(words.measures)} />
      <ChoiceFilter
        label={words.capability}
        name="capability"
        choices={termsOf('capabilities', words.allCapabilities)}
      />
      <ChoiceFilter label={words.field} name="field" choices={termsOf('fields', words.allFields)} />
      <ChoiceFilter label={words.sort} name="sort" choices={named(words.sorts)} />
    </div>
  );
}

function Body(props: { coverage: Coverage; query: Readonly<Record<string, string>> }) {
  const { totals, countries } = props.coverage;
  const [selected, setSelected] = useState<string | null>(null);
  const measure = measureOf(filterValue('show'));
  const shades = shadesFor(Math.max(0, ...countries.map(MEASURES[measure])));
  const what = words.measures[measure];
  return (
    <>
      <Figures>
        <Figure
          value={words.ofAll(totals.countriesWithCluster, totals.countries)}
          label={words.figures.countries}
        />
        <Figure
          value={words.ofAll(totals.wideningWithCluster, totals.wideningCountries)}
          label={words.figures.widening}
        />
        <Figure value={formatNumber(totals.clusters)} label={words.figures.clusters} />
        <Figure value={formatNumber(totals.smes)} label={words.figures.smes} />
        <Figure value={formatNumber(totals.smesWithoutCluster)} label={words.figures.alone} />
      </Figures>
      <div class="coverage-view">
        <EuropeMap
          title={words.map(what)}
          tableId="coverage-table"
          countries={Object.fromEntries(
            countries.map((row) => {
              const count = MEASURES[measure](row);
              const label = `${what}: ${formatNumber(count)}`;
              return [
                row.country,
                { step: stepOf(count, shades), label, figure: count > 0 ? formatNumber(count) : undefined },
              ];
            }),
          )}
          legend={shades.map(({ step, from, to }) => ({
            step,
            label: step === 0 ? t.map.none : t.map.range(formatNumber(from), formatNumber(to)),
          }))}
          marks={{
            codes: new Set(countries.flatMap(({ widening, country }) => (widening ? country : []))),
            label: words.widening,
          }}
          selected={selected}
          onSelect={setSelected}
        />
        <CountryCard country={selected} query={props.query} />
      </div>
      <CoverageTable rows={countries} selected={selected} onSelect={setSelected} />
    </>
  );
}
