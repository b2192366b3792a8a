import { useState } from 'preact/hooks';
import type { Progress } from '../../../server/live/protocol.ts';
import type { WeightsPairsPreview } from '../../../server/weights/schema.ts';
import { SelectField } from '../components/fields.tsx';
import { formatFineShare } from '../components/format.ts';
import { Badge, CountryMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { BeforeAfter } from './BeforeAfter.tsx';
import { FewOrAll } from './FewOrAll.tsx';
import { groupName, GROUPINGS, mostAffected } from './groups.ts';
import type { Grouping } from './groups.ts';
import type { PreviewState } from './preview.ts';
import { PreviewFrame } from './PreviewFrame.tsx';
import { Sums } from './Sums.tsx';

const words = t.weights.pairs;
/** Groups, pairs and companies that are shown before the reader asks for all. */
const FEW = 6;
const showing = { all: words.showAll, fewer: words.showFewer };

/** What would change in the best set of pairs: pairs gained and lost, who is left alone, and for which groups. */
export function PairsPreviewPanel(props: {
  state: PreviewState<WeightsPairsPreview>;
  progress: Progress | undefined;
  onStop: () => void;
  onAgain: () => void;
}) {
  return (
    <PreviewFrame
      {...props}
      name="preview-pairs"
      words={words}
      announce={({ gained, lost }) => words.announce(gained.count, lost.count)}
    >
      {(preview) => (
        <>
          <PairSums preview={preview} />
          <Groups groups={preview.groups} />
          <Changed title={words.gainedTitle} mark="enters" {...preview.gained} />
          <Changed title={words.lostTitle} mark="leaves" {...preview.lost} />
          <People title={words.newlyAlone} smes={preview.alone.newly} />
          <People title={words.noLongerAlone} smes={preview.alone.noLonger} />
        </>
      )}
    </PreviewFrame>
  );
}

function PairSums({ preview: { kept, gained, lost, alone, totals } }: { preview: WeightsPairsPreview }) {
  const better = totals.before === 0 ? 0 : totals.after / totals.before - 1;
  return (
    <div class="stack-small">
      <Sums
        total={gained.count + lost.count + kept}
        parts={[
          { tone: 'strong', count: gained.count, label: words.gained },
          { tone: 'middle', count: lost.count, label: words.lost },
          { tone: 'faint', count: kept, label: words.kept },
        ]}
      />
      <p>{words.alone(alone.before, alone.after)}</p>
      <p class="fine">{gained.count === 0 ? words.same : words.better(formatFineShare(better))}</p>
    </div>
  );
}

function Groups({ groups }: { groups: WeightsPairsPreview['groups'] }) {
  const [grouping, setGrouping] = useState<Grouping>('country');
  const rows = mostAffected(groups[grouping]);
  if (rows.length === 0) return null;
  const most = Math.max(1, ...rows.map((row) => Math.max(row.pairedBefore, row.pairedAfter)));
  return (
    <div class="stack-small">
      <h3>{words.groups}</h3>
      <SelectField
        label={words.groupBy}
        name="grouping"
        value={grouping}
        choices={GROUPINGS.map((value) => ({ value, label: words.groupings[value] }))}
        onChange={(value) => {
          setGrouping(GROUPINGS.find((one) => one === value) ?? 'country');
        }}
      />
      <FewOrAll items={rows} few={FEW} words={showing}>
        {(shown) => (
          <table class="countries">
            <thead>
              <tr>
                <th scope="col">{words.groupings[grouping]}</th>
                <th scope="col">{words.companies}</th>
                <th scope="col">{words.paired}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={row.key}>
                  <th scope="row">
                    {grouping === 'country' ? <CountryMark code={row.key} /> : groupName(grouping, row)}
                  </th>
                  <td class="number">{row.smes.toLocaleString('en')}</td>
                  <td>
                    <BeforeAfter before={row.pairedBefore} after={row.pairedAfter} most={most} />
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

function Changed(
  props: WeightsPairsPreview['gained'] & { title: (count: number) => string; mark: 'enters' | 'leaves' },
) {
  if (props.count === 0) return null;
  return (
    <div class="stack-small">
      <h3>{props.title(props.count)}</h3>
      <FewOrAll items={props.pairs} few={FEW} words={showing}>
        {(shown) => (
          <ul class="changed-pairs">
            {shown.map(({ a, b, score }) => (
              <li key={`${a.id} ${b.id}`}>
                <Badge kind={props.mark === 'enters' ? 'good' : 'bad'}>{words[props.mark]}</Badge>
                <span class="changed-pair">{words.pair(a.name, b.name)}</span>
                <span class="fine number">
                  {a.country} · {b.country} · {Math.round(score * 100)}
                </span>
              </li>
            ))}
          </ul>
        )}
      </FewOrAll>
      {props.count > props.pairs.length && <p class="fine">{words.onlyBest(props.pairs.length)}</p>}
    </div>
  );
}

function People({ title, smes }: { title: string; smes: WeightsPairsPreview['alone']['newly'] }) {
  if (smes.length === 0) return null;
  return (
    <div class="stack-small">
      <h3>{title}</h3>
      <FewOrAll items={smes} few={FEW} words={showing}>
        {(shown) => (
          <ul class="changed-pairs">
            {shown.map((sme) => (
              <li key={sme.id}>
                <a href={`/smes/${sme.id}`}>{sme.name}</a>
                <span class="fine">{sme.country}</span>
              </li>
            ))}
          </ul>
        )}
      </FewOrAll>
    </div>
  );
}
