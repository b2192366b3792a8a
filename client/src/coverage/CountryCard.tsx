import type { CoverageCountry } from '../../../server/coverage/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { Show } from '../components/feedback.tsx';
import { countryName } from '../components/format.ts';
import { t } from '../strings/text.ts';

const words = t.coverage;

/** One country: its regions, where companies have no cluster, and what only it offers. */
export function CountryCard(props: { country: string | null; query: Readonly<Record<string, string>> }) {
  const { country } = props;
  const loaded = useLoad<CoverageCountry>(
    country === null ? null : `/coverage/countries/${encodeURIComponent(country)}`,
    props.query,
  );
  return (
    <section class="card" aria-live="polite" aria-label={country === null ? words.choose : countryName(country)}>
      {country === null ? (
        <p class="fine">{words.choose}</p>
      ) : (
        <>
          <h2>{countryName(country)}</h2>
          <Show of={loaded}>{(detail) => <Detail detail={detail} />}</Show>
        </>
      )}
    </section>
  );
}

function Detail({ detail }: { detail: CoverageCountry }) {
  const { regions, towns, moreTowns, onlyHere, row } = detail;
  return (
    <dl class="facts">
      {row.oneMore !== null && row.oneMore.smes > 0 && (
        <div>
          <dt>{words.oneMore}</dt>
          <dd>{words.adds(row.oneMore.smes, row.oneMore.capabilities, row.oneMore.partners)}</dd>
        </div>
      )}
      <div>
        <dt>{words.regions}</dt>
        {regions.length === 0 && <dd>{words.noRegions}</dd>}
        {regions.map(({ region, clusters }) => (
          <dd key={region ?? ''}>
            <strong>{region ?? words.noRegion}</strong>
            <ul>
              {clusters.map(({ id, name, members }) => (
                <li key={id}>
                  <a href={`/clusters/${encodeURIComponent(id)}`}>{words.withMembers(name, members)}</a>
                </li>
              ))}
            </ul>
          </dd>
        ))}
      </div>
      {towns.length > 0 && (
        <div>
          <dt>{words.towns}</dt>
          <dd>
            {towns.map(({ town, smes }) => words.inTown(town ?? words.noTown, smes)).join(', ')}
            {moreTowns > 0 && ` ${words.moreTowns(moreTowns)}`}
          </dd>
        </div>
      )}
      <div>
        <dt>{words.only}</dt>
        <dd>{onlyHere.length === 0 ? words.none : onlyHere.map(({ label }) => label).join(', ')}</dd>
      </div>
    </dl>
  );
}
