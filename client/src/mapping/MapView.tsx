import type { FacetsReply, MatrixView } from '../../../server/mapping/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { setQuery } from '../app/router.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Empty, Show } from '../components/feedback.tsx';
import { countryName, formatNumber } from '../components/format.ts';
import { CountryMark } from '../components/marks.tsx';
import { EuropeMap } from '../map/EuropeMap.tsx';
import { shadesFor, stepOf } from '../map/steps.ts';
import { t } from '../strings/text.ts';
import { chosen, searchQuery, viewHref } from './query.ts';

const words = t.mapping.map;

/** One country's figures differ by the hundred, so shades grow by factors. */
function Drawing({ facets, widening }: { facets: FacetsReply; widening: ReadonlySet<string> }) {
  const shades = shadesFor(facets.countries[0]?.count ?? 0);
  const picked = chosen('countries');
  return (
    <EuropeMap
      title={words.title}
      tableId="mapping-countries"
      countries={Object.fromEntries(
        facets.countries.map(({ value, count }) => [
          value,
          { step: stepOf(count, shades), label: words.label(count), figure: formatNumber(count) },
        ]),
      )}
      legend={shades.map(({ step, from, to }) => ({
        step,
        label: step === 0 ? t.map.none : t.map.range(formatNumber(from), formatNumber(to)),
      }))}
      marks={{ codes: widening, label: words.widening }}
      selected={picked.length === 1 ? (picked[0] ?? null) : null}
      onSelect={(code) => {
        setQuery({ countries: picked.length === 1 && picked[0] === code ? null : code });
      }}
    />
  );
}

function CountryTable({ facets, widening }: { facets: FacetsReply; widening: ReadonlySet<string> }) {
  return (
    <section class="card" aria-labelledby="mapping-countries-title">
      <h2 id="mapping-countries-title">{words.table}</h2>
      <table class="table table-narrow" id="mapping-countries">
        <thead>
          <tr>
            <th scope="col">{words.country}</th>
            <th scope="col" class="count">
              {words.count}
            </th>
          </tr>
        </thead>
        <tbody>
          {facets.countries.map(({ value, count }) => (
            <tr key={value}>
              <th scope="row">
                <CountryMark code={value} />
                {widening.has(value) && <span class="fine"> {words.widening}</span>}
              </th>
              <td class="count" data-label={words.count}>
                {formatNumber(count)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Where the solutions that fit come from; a country is chosen by a click. */
export function MapView({ facets }: { facets: FacetsReply }) {
  const matrix = useLoad<MatrixView>('/mapping/matrix', { ...searchQuery(), countries: '' });
  const picked = chosen('countries');
  if (facets.countries.length === 0) return <Empty icon="search" title={words.empty} />;
  return (
    <Show of={matrix}>
      {({ countries, without }) => {
        const widening = new Set(
          [...countries, ...without].filter((one) => one.widening).map(({ code }) => code),
        );
        return (
          <div class="stack">
            <p class="chosen-country" role="status">
              {picked.length === 1 ? words.chosen(countryName(picked[0] ?? '')) : words.pick}{' '}
              {picked.length === 1 && <ButtonLink href={viewHref('list')}>{words.toList}</ButtonLink>}
            </p>
            <Drawing facets={facets} widening={widening} />
            <CountryTable facets={facets} widening={widening} />
          </div>
        );
      }}
    </Show>
  );
}
