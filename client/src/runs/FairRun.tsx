import type { RunDetail } from '../../../server/runs/schema.ts';
import { formatNumber, formatShare } from '../components/format.ts';
import { giniOf } from '../pairs/exposure.ts';
import { ExposureTables, FairFigures } from '../pairs/ExposureTables.tsx';
import { t } from '../strings/text.ts';
import { momentOf } from './words.ts';

const words = t.runs.fair;

/** Who was suggested and paired in a run, beside the run before it. */
export function FairRun({ run: { exposure, groups, before } }: { run: RunDetail }) {
  return (
    <section class="card" aria-labelledby="fair">
      <h2 id="fair">{words.title}</h2>
      {exposure === null || groups === null ? (
        <p>{words.none}</p>
      ) : (
        <>
          <FairFigures figures={exposure} />
          {before === null && <p class="fine">{words.noBefore}</p>}
          {before !== null && <Before before={before} />}
          <details class="exposure-groups">
            <summary>{words.groups}</summary>
            <ExposureTables groups={groups} />
          </details>
        </>
      )}
    </section>
  );
}

function Before({ before: { id, at, exposure } }: { before: NonNullable<RunDetail['before']> }) {
  return (
    <p>
      <a href={`/runs/${id}`}>{words.before(momentOf(at))}</a>{' '}
      {exposure === null
        ? words.noFigures
        : words.beforeWas(
            giniOf(exposure.gini),
            formatNumber(exposure.unsuggested),
            formatShare(exposure.widening.listShare),
          )}
    </p>
  );
}
