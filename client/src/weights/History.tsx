import type { WeightsVersion, WeightsView, WeightValues } from '../../../server/weights/schema.ts';
import type { Pages } from '../api/usePages.ts';
import { Button } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { formatMoment, formatSpan } from '../components/format.ts';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { DaysFilter, NothingFits, SearchFilter, TimeSort } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { ShareBars } from './Sliders.tsx';
import { changesOf, FACTORS } from './values.ts';

const words = t.weights.history;
/** Filters of the history in the address bar. */
export const HISTORY_FILTERS = ['q', 'from', 'to'] as const;

/** Every version of the weights: who, when, why, and what it changed. */
export function History(props: {
  pages: Pages<WeightsVersion>;
  inForce: number;
  onUse: (values: WeightValues) => void;
}) {
  return (
    <section class="stack-small" aria-labelledby="history-title">
      <h2 id="history-title">{words.title}</h2>
      <div class="toolbar" role="search">
        <SearchFilter label={words.search} />
        <DaysFilter />
        <TimeSort />
      </div>
      <PageList
        pages={props.pages}
        empty={
          <NothingFits filters={HISTORY_FILTERS}>
            <Empty icon="weights" title={words.empty} />
          </NothingFits>
        }
      >
        {(versions) => (
          <ol class="history">
            {versions.map((version) => (
              <li key={version.version}>
                <Version version={version} inForce={version.version === props.inForce} onUse={props.onUse} />
              </li>
            ))}
          </ol>
        )}
      </PageList>
    </section>
  );
}

function Version(props: {
  version: WeightsVersion;
  inForce: boolean;
  onUse: (values: WeightValues) => void;
}) {
  const { version } = props;
  return (
    <article class="card version" aria-label={words.version(version.version)}>
      <div class="card-head">
        <div>
          <h3 class="number">{words.version(version.version)}</h3>
          <p class="fine" title={formatMoment(version.at)}>
            {words.by(version.by ?? t.weights.software, formatMoment(version.at))} ({formatSpan(version.at)})
          </p>
        </div>
        {!props.inForce && (
          <Button
            small
            label={words.useOf(version.version)}
            onClick={() => {
              props.onUse(version.values);
            }}
          >
            {words.use}
          </Button>
        )}
      </div>
      <p class={version.note === '' ? 'undeclared' : undefined}>{noteOf(version)}</p>
      <Changes version={version} />
      <ShareBars values={version.values} inForce={version.before} />
      <details>
        <summary>{words.values}</summary>
        <dl class="version-values">
          {FACTORS.map((factor) => (
            <div key={factor} class={`factor-${factor}`}>
              <dt>
                <span class="swatch" aria-hidden="true" /> {t.weights.factors[factor].name}
              </dt>
              <dd class="number">{version.values[factor]}</dd>
            </div>
          ))}
        </dl>
      </details>
    </article>
  );
}

function noteOf(version: WeightsView): string {
  if (version.note !== '') return version.note;
  if (version.undoOf !== null) return words.undoOf(version.undoOf);
  return version.by === null ? words.first : words.noNote;
}

/** The factors that a version changed, from what to what. */
function Changes({ version }: { version: WeightsVersion }) {
  if (version.before === null) return null;
  const changes = changesOf(version);
  if (changes.length === 0) return <p class="fine">{words.same}</p>;
  return (
    <p class="badges">
      {changes.map((change) => (
        <Badge key={change.factor} kind={change.after > change.before ? 'good' : 'bad'}>
          {words.change(t.weights.factors[change.factor].name, change.before, change.after)}
        </Badge>
      ))}
    </p>
  );
}
