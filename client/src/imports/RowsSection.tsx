import type { ImportRowView, ImportView } from '../../../server/imports/schema.ts';
import { usePages } from '../api/usePages.ts';
import { place } from '../app/router.ts';
import { announce } from '../components/announce.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, NothingFits, SearchFilter } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { decideAll, decideLine } from './decisions.ts';
import type { Decisions } from './decisions.ts';
import { DecisionButtons, DuplicateRows, PlainRows, RefusedRows } from './RowTables.tsx';
import { outcomesOf } from './states.ts';
import type { Outcome } from './states.ts';

const words = t.imports.report;

/** The rows of an import by outcome, a page at a time. */
export function RowsSection(props: {
  item: ImportView;
  decisions: Decisions;
  onDecide: (decisions: Decisions) => void;
}) {
  const outcomes = outcomesOf(props.item);
  const asked = place.value.query.get('rows');
  const shown = outcomes.find(({ outcome }) => outcome === asked) ?? outcomes[0];
  if (shown === undefined) return null;
  return (
    <section class="stack-small" aria-label={words.tabs}>
      <nav class="views" aria-label={words.tabs}>
        {outcomes.map(({ outcome, count }) => (
          <a
            key={outcome}
            href={`${place.value.path}?rows=${outcome}`}
            aria-current={outcome === shown.outcome ? 'page' : undefined}
          >
            {words.outcomes[outcome]} ({count.toLocaleString('en')})
          </a>
        ))}
      </nav>
      <Rows key={`${shown.outcome} ${props.item.state}`} {...props} outcome={shown.outcome} />
    </section>
  );
}

function Rows(props: {
  item: ImportView;
  outcome: Outcome;
  decisions: Decisions;
  onDecide: (decisions: Decisions) => void;
}) {
  const { outcome, decisions } = props;
  const pages = usePages<ImportRowView>(`/imports/${props.item.id}/rows`, {
    outcome,
    q: filterValue('q'),
    sort: filterValue('sort'),
  });
  const open = props.item.state === 'checked';
  const hints: Partial<Record<Outcome, string>> = {
    refused: words.refusedHint,
    ...(open ? { duplicate: words.duplicatesHint } : {}),
  };
  return (
    <>
      {hints[outcome] !== undefined && <p class="fine">{hints[outcome]}</p>}
      {outcome === 'duplicate' && open && (
        <div class="decide-all">
          <p class="label">{words.applyToAll}</p>
          <DecisionButtons
            label={words.applyToAll}
            decision={decisions.forAll}
            onDecide={(decision) => {
              props.onDecide(decideAll(decision));
              announce(words.applied(words.decisions[decision]));
            }}
          />
        </div>
      )}
      <div class="toolbar" role="search">
        <SearchFilter label={words.searchRows} />
        <ChoiceFilter
          label={t.common.sort}
          name="sort"
          choices={[
            { value: '', label: words.byLine },
            { value: 'name', label: words.byName },
          ]}
        />
      </div>
      <PageList
        pages={pages}
        empty={
          <NothingFits filters={['q']}>
            <p class="undeclared">{words.noRows}</p>
          </NothingFits>
        }
      >
        {(rows) => {
          if (outcome === 'refused') return <RefusedRows rows={rows} />;
          if (outcome !== 'duplicate' || !open) return <PlainRows rows={rows} />;
          return (
            <DuplicateRows
              rows={rows}
              decisions={decisions}
              onDecide={(line, decision) => {
                props.onDecide(decideLine(decisions, line, decision));
              }}
            />
          );
        }}
      </PageList>
    </>
  );
}
