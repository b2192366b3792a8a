import type { MatrixView } from '../../../server/mapping/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { setQuery } from '../app/router.ts';
import { Button } from '../components/Button.tsx';
import { Show } from '../components/feedback.tsx';
import { formatNumber } from '../components/format.ts';
import { filterValue } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { searchQuery } from './query.ts';

const words = t.mapping.matrix;
type Row = MatrixView['rows'][number];

/** How strongly a cell is tinted: 0 for a gap, then three steps. */
const tint = (count: number): number => (count === 0 ? 0 : count < 3 ? 1 : count < 10 ? 2 : 3);

function Cell({ count }: { count: number }) {
  return (
    <td class={`matrix-cell matrix-tint-${tint(count)}`}>
      {count === 0 ? (
        <>
          <span aria-hidden="true">·</span>
          <span class="visually-hidden">{words.gap}</span>
        </>
      ) : (
        formatNumber(count)
      )}
    </td>
  );
}

function RowHead({ row, opened }: { row: Row; opened: boolean }) {
  if (opened || !row.isDomain) return <>{row.label}</>;
  return (
    <button
      type="button"
      class="link-button"
      aria-label={words.open(row.label)}
      onClick={() => {
        setQuery({ domain: row.id });
      }}
    >
      {row.label}
    </button>
  );
}

function Table({ matrix }: { matrix: MatrixView }) {
  return (
    <div class="matrix-scroll" role="region" aria-labelledby="matrix-title" tabIndex={0}>
      <table class="matrix">
        <caption class="visually-hidden">{words.lead}</caption>
        <thead>
          <tr>
            <th scope="col">{words.capability}</th>
            <th scope="col" class="matrix-total">
              {words.total}
            </th>
            {matrix.countries.map(({ code, name, widening }) => (
              <th scope="col" key={code}>
                <abbr title={widening ? `${name}, ${words.widening}` : name}>
                  {code}
                  {widening && '*'}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <RowHead row={row} opened={matrix.domain !== null} />
              </th>
              <td class="matrix-total">{formatNumber(row.total)}</td>
              {row.cells.map((count, at) => (
                <Cell key={matrix.countries[at]?.code} count={count} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Missing({ matrix }: { matrix: MatrixView }) {
  const nobody = matrix.rows.filter(({ total }) => total === 0);
  return (
    <div class="gaps">
      {nobody.length > 0 && (
        <section class="card" aria-labelledby="gaps-capabilities">
          <h3 id="gaps-capabilities">{words.wholly(nobody.length)}</h3>
          <ul class="bullets">
            {nobody.map(({ id, label }) => (
              <li key={id}>{label}</li>
            ))}
          </ul>
        </section>
      )}
      {matrix.without.length > 0 && (
        <section class="card" aria-labelledby="gaps-countries">
          <h3 id="gaps-countries">{words.without(matrix.without.length)}</h3>
          <p>{matrix.without.map(({ name, widening }) => (widening ? `${name}*` : name)).join(', ')}</p>
        </section>
      )}
    </div>
  );
}

/** Capabilities by country, with the gaps marked. */
export function MatrixPanel() {
  const domain = filterValue('domain');
  const loaded = useLoad<MatrixView>('/mapping/matrix', { ...searchQuery(), domain });
  return (
    <div class="stack">
      <div class="card-head">
        <div>
          <h2 id="matrix-title">{words.title}</h2>
          <p>{words.lead}</p>
        </div>
        {domain !== '' && (
          <Button
            onClick={() => {
              setQuery({ domain: null });
            }}
          >
            {words.back}
          </Button>
        )}
      </div>
      <Show of={loaded} lines={5}>
        {(matrix) => (
          <>
            <Table matrix={matrix} />
            <p class="fine">
              {words.wideningNote}. {words.note}{' '}
              {matrix.withoutCapability > 0 && words.withoutCapability(matrix.withoutCapability)}
            </p>
            <Missing matrix={matrix} />
          </>
        )}
      </Show>
    </div>
  );
}
