import { useEffect } from 'preact/hooks';
import type { ExposureView } from '../../../server/exposure/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { Empty, Show } from '../components/feedback.tsx';
import { t } from '../strings/text.ts';
import { askedQuery } from './asked.ts';
import { ExposureTables, FairFigures } from './ExposureTables.tsx';
import { Unsuggested } from './Unsuggested.tsx';

const words = t.pairs.fair;

/** Who is seen and who is paired, by group; and who is on nobody's list. */
export function FairAccess({ round }: { round: number }) {
  const exposure = useLoad<ExposureView>('/pairs/exposure', askedQuery());
  useEffect(() => {
    if (round > 0) exposure.reload();
  }, [round]);
  return (
    <Show of={exposure}>
      {(data) =>
        data.smes === 0 ? (
          <Empty icon="partners" title={words.empty}>
            <p>{words.emptyWhat}</p>
          </Empty>
        ) : (
          <div class="stack">
            <p>{words.lead}</p>
            <FairFigures figures={data} />
            <section class="stack-small" aria-label={t.pairs.fairTab}>
              <h2 class="visually-hidden">{t.pairs.fairTab}</h2>
              <ExposureTables groups={data.groups} />
            </section>
            <Unsuggested count={data.unsuggested} round={round} />
          </div>
        )
      }
    </Show>
  );
}
