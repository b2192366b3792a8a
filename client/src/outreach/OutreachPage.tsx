import type { KitView } from '../../../server/outreach/schema.ts';
import { ApiProblem } from '../api/problem.ts';
import { apiUrl } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { ButtonLink } from '../components/Button.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { Empty, Notice, Show } from '../components/feedback.tsx';
import { formatDay, formatNumber } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { ChoiceFilter, filterValue } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { serverNow } from '../live/serverClock.ts';

const words = t.programme.outreach;

function Text({ text }: { text: KitView['texts'][number] }) {
  const title = words.kinds[text.kind];
  return (
    <li class="card">
      <div class="card-head">
        <h2 class="card-title">{title}</h2>
        <CopyButton text={text.words} label={`${t.common.copy}: ${title}`} />
      </div>
      <p class="kit-text">{text.words}</p>
      <p class="fine number">{words.letters(text.words.length)}</p>
    </li>
  );
}

function Figures({ figures }: { figures: KitView['figures'] }) {
  return (
    <section class="card" aria-labelledby="kit-figures">
      <h2 id="kit-figures">{words.figures}</h2>
      <dl class="count-list">
        {figures.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatNumber(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** True after the last day of a call, which counts as a whole. */
function isOver(closes: string): boolean {
  return new Date(`${closes.slice(0, 10)}T23:59:59Z`).getTime() < serverNow();
}

/** Texts and figures about an open call, to be copied or downloaded. */
export function OutreachPage(_props: PageProps) {
  const callId = filterValue('callId');
  const loaded = useLoad<KitView>('/outreach-kit', { callId });
  const file = (format: string): string => apiUrl('/outreach-kit/file', { callId, format });
  const missing = loaded.error instanceof ApiProblem && loaded.error.status === 404;
  return (
    <>
      <PageHeading
        title={words.title}
        lead={words.lead}
        actions={
          currentUser().role === 'staff' && (
            <ButtonLink href="/outreach/templates" icon="edit">
              {words.editTemplates}
            </ButtonLink>
          )
        }
      />
      {missing ? (
        <Empty icon="news" title={words.empty}>
          <p>{words.emptyBody}</p>
        </Empty>
      ) : (
        <Show of={loaded}>
          {(kit) => (
            <div class="stack">
              <div class="toolbar">
                <ChoiceFilter
                  label={words.call}
                  name="callId"
                  choices={kit.calls.map(({ id, name }, at) => ({ value: at === 0 ? '' : id, label: name }))}
                />
              </div>
              {isOver(kit.call.closes) && (
                <Notice kind="warning">
                  <p>{words.over(formatDay(kit.call.closes))}</p>
                </Notice>
              )}
              <div class="actions">
                <ButtonLink small download href={file('text')}>
                  {words.downloadText}
                </ButtonLink>
                <ButtonLink small download href={file('html')}>
                  {words.downloadHtml}
                </ButtonLink>
                <ButtonLink small download href={file('csv')}>
                  {words.downloadCsv}
                </ButtonLink>
              </div>
              <ul class="stack-small plain-list narrow">
                {kit.texts.map((text) => (
                  <Text key={text.kind} text={text} />
                ))}
              </ul>
              <Figures figures={kit.figures} />
            </div>
          )}
        </Show>
      )}
    </>
  );
}
