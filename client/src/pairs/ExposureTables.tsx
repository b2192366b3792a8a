import type { ExposureFigures, ExposureGroups, ExposureRowView } from '../../../server/exposure/schema.ts';
import { Figure, Figures } from '../components/Figures.tsx';
import { formatNumber, formatShare } from '../components/format.ts';
import { CountryMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { FewOrAll } from '../weights/FewOrAll.tsx';
import { groupName, type Grouping } from '../weights/groups.ts';
import { giniOf, ratioOf } from './exposure.ts';
import './pairs.css';

const words = t.pairs.fair;
/** From what the programme asks about first to the finest. */
const ORDER: readonly Grouping[] = ['widening', 'country', 'cluster', 'sizeClass'];
/** Groups shown before the reader asks for all. */
const FEW = 12;
const showing = { all: words.showAll, fewer: words.showFewer };

/** Exposure in figures, with what they mean. */
export function FairFigures({ figures }: { figures: ExposureFigures }) {
  const { gini, unsuggested, widening } = figures;
  return (
    <section class="stack-small" aria-label={words.figures}>
      <Figures>
        <Figure value={giniOf(gini)} label={words.gini} />
        <Figure value={formatNumber(unsuggested)} label={words.unsuggested} />
      </Figures>
      <p class="fine">
        {words.giniWhat} {words.widening(formatShare(widening.listShare), formatShare(widening.poolShare))}
      </p>
    </section>
  );
}

/** Who is suggested and who is paired, one table for each way to group. */
export function ExposureTables({ groups }: { groups: ExposureGroups }) {
  return (
    <div class="stack">
      <p class="fine">{words.timesWhat}</p>
      {ORDER.map((grouping) => (
        <section key={grouping} class="stack-small" aria-labelledby={`fair-${grouping}`}>
          <h3 id={`fair-${grouping}`}>{words.tables[grouping]}</h3>
          <FewOrAll items={bySize(groups[grouping])} few={FEW} words={showing}>
            {(rows) => <GroupTable grouping={grouping} rows={rows} />}
          </FewOrAll>
        </section>
      ))}
    </div>
  );
}

/** Largest groups first. */
const bySize = (rows: readonly ExposureRowView[]): readonly ExposureRowView[] =>
  [...rows].sort((a, b) => b.smes - a.smes || (a.key < b.key ? -1 : 1));

function GroupTable({ grouping, rows }: { grouping: Grouping; rows: readonly ExposureRowView[] }) {
  return (
    <table class="table exposure">
      <thead>
        <tr>
          <th scope="col">{words.group[grouping]}</th>
          <th scope="col">{words.companies}</th>
          <th scope="col">{words.places}</th>
          <th scope="col">{words.ratio}</th>
          <th scope="col">{words.unseen}</th>
          <th scope="col">{words.paired}</th>
          <th scope="col">{words.score}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <GroupLine key={row.key} grouping={grouping} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function GroupLine({ grouping, row }: { grouping: Grouping; row: ExposureRowView }) {
  const ratio = ratioOf(row);
  const counted = (count: number, share: number): string =>
    words.ofAll(formatNumber(count), formatShare(share));
  return (
    <tr>
      <th scope="row">
        {grouping === 'country' ? <CountryMark code={row.key} /> : groupName(grouping, row)}
      </th>
      <td data-label={words.companies}>{counted(row.smes, row.poolShare)}</td>
      <td data-label={words.places}>{counted(row.suggested, row.listShare)}</td>
      <td data-label={words.ratio}>{ratio !== null && words.times(ratio)}</td>
      <td data-label={words.unseen}>{formatNumber(row.unsuggested)}</td>
      <td data-label={words.paired}>{words.pairedOf(formatNumber(row.paired), formatNumber(row.smes))}</td>
      <td data-label={words.score}>
        {row.meanScore === null ? words.noScore : Math.round(row.meanScore * 100)}
      </td>
    </tr>
  );
}
