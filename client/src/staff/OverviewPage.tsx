import type { ClusterView } from '../../../server/clusters/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import type { ImportView } from '../../../server/imports/schema.ts';
import type { NeedCard } from '../../../server/needs/schema.ts';
import type { JobView } from '../../../server/jobs/schema.ts';
import type { InvitationView } from '../../../server/accounts/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import type { WeightsView } from '../../../server/weights/schema.ts';
import type { CallView } from '../../../server/calls/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import type { Loaded } from '../api/useLoad.ts';
import { currentUser } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Notice, Show } from '../components/feedback.tsx';
import { formatDay, formatNumber, formatSpan } from '../components/format.ts';
import { Icon } from '../components/Icon.tsx';
import type { IconName } from '../components/Icon.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import { serverNow } from '../live/serverClock.ts';

const words = t.staff.overview;

/** One figure of the programme, with the way to what is behind it. */
function Tile<T>(props: {
  of: Loaded<T>;
  icon: IconName;
  title: string;
  href: string;
  figure: (data: T) => string;
  detail: (data: T) => string;
}) {
  return (
    <li class="card card-link tile">
      <div class="tile-head">
        <span class="tile-icon">
          <Icon name={props.icon} />
        </span>
        <h2 class="card-title">
          <a href={props.href}>{props.title}</a>
        </h2>
      </div>
      <Show of={props.of} lines={1}>
        {(data) => (
          <>
            <p class="tile-figure number">{props.figure(data)}</p>
            <p class="fine">{props.detail(data)}</p>
          </>
        )}
      </Show>
    </li>
  );
}

function CallLine() {
  const call = useLoad<CallView>('/call');
  if (call.data === null) return null;
  const { name, opens, closes, countries } = call.data;
  // The last day counts as a whole.
  const over = new Date(`${closes.slice(0, 10)}T23:59:59Z`).getTime() < serverNow();
  return (
    <Notice title={name}>
      <p>{words.call(formatDay(opens), formatDay(closes), countries.length, over)}</p>
    </Notice>
  );
}

/** What the staff do next in a programme that is still empty. */
function FirstSteps(props: { clusters: number; smes: number }) {
  if (props.clusters > 0 && props.smes > 0) return null;
  return (
    <section class="card" aria-labelledby="overview-first">
      <h2 id="overview-first">{words.firstSteps}</h2>
      <ol class="steps">
        <li class={props.clusters > 0 ? 'step-done' : undefined}>
          <p>{words.stepClusters}</p>
          <ButtonLink href="/clusters" small>
            {words.stepClustersAction}
          </ButtonLink>
        </li>
        <li class={props.smes > 0 ? 'step-done' : undefined}>
          <p>{words.stepSmes}</p>
          <ButtonLink href="/imports" small>
            {words.stepSmesAction}
          </ButtonLink>
        </li>
        <li>
          <p>{words.stepWeights}</p>
          <ButtonLink href="/weights" small>
            {words.stepWeightsAction}
          </ButtonLink>
        </li>
      </ol>
    </section>
  );
}

function importDetail({ items }: Page<ImportView>): string {
  const last = items[0];
  return last === undefined ? words.noImport : words.lastImport(last.fileName, formatSpan(last.createdAt));
}

function jobsDetail({ items }: { items: JobView[] }): string {
  const failing = items.filter((job) => job.lastFailure !== null && job.failures > 0).length;
  return failing > 0 ? words.jobsFailing(failing) : words.jobsFine;
}

/** The staff's start: figures with the next action behind each. */
export function OverviewPage(_props: PageProps) {
  const one = { limit: 1 };
  const clusters = useLoad<Page<ClusterView>>('/clusters', one);
  const smes = useLoad<Page<SmeCard>>('/smes', one);
  const weights = useLoad<WeightsView>('/weights');
  const imports = useLoad<Page<ImportView>>('/imports', one);
  const jobs = useLoad<{ items: JobView[] }>('/jobs');
  const review = useLoad<Page<NeedCard>>('/needs', { ...one, state: 'submitted' });
  const invitations = useLoad<Page<InvitationView>>('/invitations', { ...one, state: 'open' });
  const total = ({ total: count }: Page<unknown>) => formatNumber(count);
  return (
    <>
      <PageHeading title={words.title} lead={words.lead(currentUser().name)} />
      <div class="stack">
        <CallLine />
        {clusters.data !== null && smes.data !== null && (
          <FirstSteps clusters={clusters.data.total} smes={smes.data.total} />
        )}
        <ul class="grid plain-list tiles">
          <Tile
            of={smes}
            icon="companies"
            title={t.shell.pages.companies}
            href="/companies"
            figure={total}
            detail={() => words.smes}
          />
          <Tile
            of={clusters}
            icon="clusters"
            title={t.shell.pages.clusters}
            href="/clusters"
            figure={total}
            detail={() => words.clusters}
          />
          <Tile
            of={review}
            icon="needs"
            title={t.needs.views.review}
            href="/needs"
            figure={total}
            detail={() => t.needs.toReview}
          />
          <Tile
            of={invitations}
            icon="invitations"
            title={words.openInvitations}
            href="/invitations"
            figure={total}
            detail={() => words.invitations}
          />
          <Tile
            of={weights}
            icon="weights"
            title={t.shell.pages.weights}
            href="/weights"
            figure={(data) => words.version(data.version)}
            detail={(data) =>
              data.by === null ? words.defaultWeights : words.weightsBy(data.by, formatSpan(data.at))
            }
          />
          <Tile
            of={imports}
            icon="imports"
            title={t.shell.pages.imports}
            href="/imports"
            figure={total}
            detail={importDetail}
          />
          <Tile
            of={jobs}
            icon="jobs"
            title={t.shell.pages.jobs}
            href="/jobs"
            figure={(data) => formatNumber(data.items.length)}
            detail={jobsDetail}
          />
        </ul>
      </div>
    </>
  );
}
