import type { Progress } from '../../../server/live/protocol.ts';
import type { WeightsPreview } from '../../../server/weights/schema.ts';
import { CountryMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { BeforeAfter } from './BeforeAfter.tsx';
import { Examples } from './Examples.tsx';
import { FewOrAll } from './FewOrAll.tsx';
import type { PreviewState } from './preview.ts';
import { PreviewFrame } from './PreviewFrame.tsx';
import { Sums } from './Sums.tsx';
import { untouchedOf } from './values.ts';

const words = t.weights.preview;

/** What would change in the lists, for whom: sums, countries and examples. */
export function PreviewPanel(props: {
  state: PreviewState<WeightsPreview>;
  progress: Progress | undefined;
  onStop: () => void;
  onAgain: () => void;
}) {
  return (
    <PreviewFrame
      {...props}
      name="preview-lists"
      words={words}
      announce={({ listsChanged, listsReordered, listsTotal }) =>
        words.announce(listsChanged + listsReordered, listsTotal)
      }
    >
      {(preview) => (
        <>
          <ListSums preview={preview} />
          {preview.byCountry.length > 0 && <Countries rows={preview.byCountry} />}
          {preview.examples.length > 0 && <Examples examples={preview.examples} />}
        </>
      )}
    </PreviewFrame>
  );
}

function ListSums({ preview }: { preview: WeightsPreview }) {
  return (
    <div class="stack-small">
      <Sums
        total={preview.listsTotal}
        parts={[
          { tone: 'strong', count: preview.listsChanged, label: words.changed },
          { tone: 'middle', count: preview.listsReordered, label: words.reordered },
          { tone: 'faint', count: untouchedOf(preview), label: words.untouched },
        ]}
      />
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
  const most = Math.max(1, ...rows.map((row) => Math.max(row.suggestedBefore, row.suggestedAfter)));
  return (
    <div class="stack-small">
      <h3>{words.countries}</h3>
      <p class="fine">{words.countriesHint}</p>
      <FewOrAll
        items={rows}
        few={FIRST_COUNTRIES}
        words={{ all: words.allCountries, fewer: words.fewerCountries }}
      >
        {(shown) => (
          <table class="countries">
            <thead>
              <tr>
                <th scope="col">{words.country}</th>
                <th scope="col">{words.listsChanged}</th>
                <th scope="col">{words.suggested}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
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
        )}
      </FewOrAll>
    </div>
  );
}
