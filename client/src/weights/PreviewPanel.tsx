import { useState } from 'preact/hooks';
import type { Progress } from '../../../server/live/protocol.ts';
import type { WeightsPreview } from '../../../server/weights/schema.ts';
import { Button } from '../components/Button.tsx';
import { Failure } from '../components/feedback.tsx';
import { CountryMark } from '../components/marks.tsx';
import { RunningTask } from '../components/RunningTask.tsx';
import { t } from '../strings/text.ts';
import { Examples } from './Examples.tsx';
import type { PreviewState } from './preview.ts';
import { untouchedOf } from './values.ts';

const words = t.weights.preview;
const seconds = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** What would change for whom: sums, countries and examples; while a newer preview runs, the last one stays in sight. */
export function PreviewPanel(props: {
  state: PreviewState;
  progress: Progress | undefined;
  onStop: () => void;
  onAgain: () => void;
}) {
  const { state } = props;
  const shown = state.kind === 'done' ? state.preview : 'last' in state ? state.last : null;
  return (
    <section class="card preview" aria-labelledby="preview-title">
      <h2 id="preview-title">{words.title}</h2>
      <div role="status" class="preview-state">
        {state.kind === 'none' && <p>{words.none}</p>}
        {state.kind === 'stopped' && <p>{words.stopped}</p>}
        {state.kind === 'running' && <p>{words.running}</p>}
        {state.kind === 'done' && (
          <p class="visually-hidden">
            {words.announce(
              state.preview.listsChanged + state.preview.listsReordered,
              state.preview.listsTotal,
            )}
          </p>
        )}
      </div>
      {state.kind === 'running' && (
        <RunningTask
          label={words.running}
          progress={props.progress}
          words={words.progress}
          stop={words.cancel}
          onStop={props.onStop}
        />
      )}
      {state.kind === 'failed' && <Failure error={state.error} retry={props.onAgain} />}
      {state.kind === 'stopped' && (
        <div class="actions">
          <Button small onClick={props.onAgain}>
            {words.again}
          </Button>
        </div>
      )}
      {shown !== null && (
        <div class={state.kind === 'done' ? 'stack' : 'stack preview-old'}>
          <Sums preview={shown} />
          {shown.byCountry.length > 0 && <Countries rows={shown.byCountry} />}
          {shown.examples.length > 0 && <Examples examples={shown.examples} />}
          <p class="fine">{words.took(seconds.format(shown.tookMs / 1000))}</p>
        </div>
      )}
    </section>
  );
}

function Sums({ preview }: { preview: WeightsPreview }) {
  const untouched = untouchedOf(preview);
  const parts = [
    { name: 'changed', count: preview.listsChanged, label: words.changed },
    { name: 'reordered', count: preview.listsReordered, label: words.reordered },
    { name: 'untouched', count: untouched, label: words.untouched },
  ];
  return (
    <div class="stack-small">
      <dl class="sums">
        {parts.map((part) => (
          <div key={part.name} class={`sum sum-${part.name}`}>
            <dt>{part.label}</dt>
            <dd class="number">{part.count.toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      <div class="stack-bar" aria-hidden="true">
        {parts
          .filter((part) => part.count > 0)
          .map((part) => (
            <span
              key={part.name}
              class={`stack-part sum-part sum-${part.name}`}
              style={{ flexBasis: `${(part.count / Math.max(1, preview.listsTotal)) * 100}%` }}
            />
          ))}
      </div>
      <p>
        {preview.listsChanged + preview.listsReordered === 0
          ? words.noChange
          : words.entering(preview.suggestionsEntering)}
      </p>
    </div>
  );
}

/** Countries that are shown before the reader asks for all. */
const FIRST_COUNTRIES = 8;

function Countries({ rows }: { rows: WeightsPreview['byCountry'] }) {
  const [all, setAll] = useState(false);
  const most = Math.max(1, ...rows.map((row) => Math.max(row.suggestedBefore, row.suggestedAfter)));
  return (
    <div class="stack-small">
      <h3>{words.countries}</h3>
      <p class="fine">{words.countriesHint}</p>
      <table class="countries">
        <thead>
          <tr>
            <th scope="col">{words.country}</th>
            <th scope="col">{words.listsChanged}</th>
            <th scope="col">{words.suggested}</th>
          </tr>
        </thead>
        <tbody>
          {(all ? rows : rows.slice(0, FIRST_COUNTRIES)).map((row) => (
            <tr key={row.country}>
              <th scope="row">
                <CountryMark code={row.country} />
              </th>
              <td class="number">{t.common.shownOf(row.changed, row.smes)}</td>
              <td>
                <BeforeAfter before={row.suggestedBefore} after={row.suggestedAfter} most={most} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > FIRST_COUNTRIES && (
        <div class="actions">
          <Button
            small
            expanded={all}
            onClick={() => {
              setAll(!all);
            }}
          >
            {all ? words.fewerCountries : words.allCountries(rows.length)}
          </Button>
        </div>
      )}
    </div>
  );
}

function BeforeAfter({ before, after, most }: { before: number; after: number; most: number }) {
  const length = (count: number) => ({ inlineSize: `${(count / most) * 100}%` });
  const change = after - before;
  return (
    <div class="before-after">
      <div class="before-after-bars" aria-hidden="true">
        <span class="before-bar" style={length(before)} />
        <span class="after-bar" style={length(after)} />
      </div>
      <span class="number">
        {words.beforeAfter(before, after)}
        {change !== 0 && <span class="fine"> ({change > 0 ? `+${change}` : `−${-change}`})</span>}
      </span>
    </div>
  );
}
