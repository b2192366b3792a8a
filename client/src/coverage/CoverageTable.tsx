import type { CoverageRow } from '../../../server/coverage/schema.ts';
import { formatNumber } from '../components/format.ts';
import { Badge } from '../components/marks.tsx';
import { filterValue } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';

const words = t.coverage;

/** What one more cluster adds, as one number to sort by: partners opened up before companies before capabilities. */
const worth = ({ oneMore }: CoverageRow): number =>
  oneMore === null ? -1 : oneMore.partners * 1_000_000 + oneMore.smes * 1_000 + oneMore.capabilities;

function sorted(rows: readonly CoverageRow[]): readonly CoverageRow[] {
  const sort = filterValue('sort');
  if (sort === 'gap') return rows.toSorted((one, other) => worth(other) - worth(one));
  if (sort === 'smes') return rows.toSorted((one, other) => other.smes - one.smes);
  return rows.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}

interface TableProps {
  rows: readonly CoverageRow[];
  selected: string | null;
  onSelect: (country: string) => void;
}

/** The same figures as the map, all of them, in rows. */
export function CoverageTable({ rows, selected, onSelect }: TableProps) {
  return (
    <section class="stack-small" aria-labelledby="coverage-by-country">
      <h2 id="coverage-by-country">{words.table}</h2>
      <p class="fine">{words.addsHint}</p>
      <table class="table coverage-table" id="coverage-table" tabIndex={-1}>
        <thead>
          <tr>
            <th scope="col">{words.country}</th>
            <th scope="col">{words.clusters}</th>
            <th scope="col">{words.companies}</th>
            <th scope="col">{words.without}</th>
            <th scope="col">{words.offers}</th>
            <th scope="col">{words.needs}</th>
            <th scope="col">{words.onlyHere}</th>
            <th scope="col">{words.missing}</th>
            <th scope="col">{words.oneMore}</th>
          </tr>
        </thead>
        <tbody>
          {sorted(rows).map((row) => (
            <Row key={row.country} row={row} selected={row.country === selected} onSelect={onSelect} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row(props: { row: CoverageRow; selected: boolean; onSelect: (country: string) => void }) {
  const { row } = props;
  const { oneMore } = row;
  const adds = oneMore === null || oneMore.smes === 0;
  return (
    <tr class={props.selected ? 'coverage-selected' : undefined}>
      <th scope="row">
        <button
          type="button"
          class="link-button"
          aria-pressed={props.selected}
          onClick={() => {
            props.onSelect(row.country);
          }}
        >
          {row.name}
        </button>{' '}
        {row.widening && <Badge hint={words.widening}>{words.wideningShort}</Badge>}
        {!row.eligible && <span class="fine cell-line">{words.notEligible}</span>}
      </th>
      <td data-label={words.clusters}>{row.partnerClusters + row.ambassadorClusters}</td>
      <td data-label={words.companies}>{formatNumber(row.smes)}</td>
      <td data-label={words.without}>{formatNumber(row.smesWithoutCluster)}</td>
      <td data-label={words.offers}>{formatNumber(row.offers)}</td>
      <td data-label={words.needs}>{formatNumber(row.needs)}</td>
      <td data-label={words.onlyHere}>{formatNumber(row.onlyHere)}</td>
      <td data-label={words.missing}>
        {row.gap === null ? (
          <span class="fine">{words.nothing}</span>
        ) : (
          <Badge kind="warning">{words.gaps[row.gap]}</Badge>
        )}
      </td>
      <td data-label={words.oneMore}>
        {adds ? words.addsNothing : words.adds(oneMore.smes, oneMore.capabilities, oneMore.partners)}
      </td>
    </tr>
  );
}
