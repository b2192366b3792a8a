import type { WeightsPreview } from '../../../server/weights/schema.ts';
import { Badge, CountryMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { FewOrAll } from './FewOrAll.tsx';

type Example = WeightsPreview['examples'][number];
type Entry = Example['before'][number];
const words = t.weights.preview;

/** Lists that are shown before the reader asks for all. */
const FIRST_EXAMPLES = 6;

/** The lists that change most: who enters, who leaves, and the whole list now and then. */
export function Examples({ examples }: { examples: readonly Example[] }) {
  return (
    <div class="stack-small">
      <h3>{words.examples}</h3>
      <FewOrAll
        items={examples}
        few={FIRST_EXAMPLES}
        words={{ all: words.allExamples, fewer: words.fewerExamples }}
      >
        {(shown) => (
          <ul class="examples">
            {shown.map((example) => (
              <li key={example.sme.id}>
                <details class="example">
                  <summary>
                    <span class="example-name">{example.sme.name}</span>
                    <CountryMark code={example.sme.country} />
                    <span class="fine number">
                      {words.counts(example.entering.length, example.leaving.length)}
                    </span>
                  </summary>
                  <div class="example-lists">
                    <List
                      title={words.before}
                      entries={example.before}
                      marked={example.leaving}
                      mark="leaves"
                    />
                    <List
                      title={words.after}
                      entries={example.after}
                      marked={example.entering}
                      mark="enters"
                    />
                  </div>
                </details>
              </li>
            ))}
          </ul>
        )}
      </FewOrAll>
    </div>
  );
}

function List(props: {
  title: string;
  entries: readonly Entry[];
  marked: readonly Entry[];
  mark: 'enters' | 'leaves';
}) {
  const marked = new Set(props.marked.map((entry) => entry.id));
  return (
    <div>
      <p class="label">{props.title}</p>
      <ol>
        {props.entries.map((entry) => (
          <li key={entry.id}>
            <span class="example-entry">
              <span>{entry.name}</span>
              <span class="fine number">
                {entry.country} · {Math.round(entry.score * 100)}
              </span>
              {marked.has(entry.id) && (
                <Badge kind={props.mark === 'enters' ? 'good' : 'bad'}>{words[props.mark]}</Badge>
              )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
