import { useEffect, useState } from 'preact/hooks';
import type { InterestView } from '../../../server/interests/schema.ts';
import type { NeedView } from '../../../server/needs/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { Button } from '../components/Button.tsx';
import { Notice, Show } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { PageList } from '../components/PageList.tsx';
import { onEvent, onReload } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { AnswerDialog } from './AnswerDialogs.tsx';
import { Answers } from './Answers.tsx';
import { InterestCard } from './Interests.tsx';
import './needs.css';
import { AboutNeed, ConfidentialPart, DemonstratorPart } from './NeedParts.tsx';
import { NeedStateMark, OrganisationLine, PartMarks, pointsOf } from './NeedMarks.tsx';
import { ReviewNotes, StepButtons } from './NeedSteps.tsx';

const words = t.needs;

/** What the reader's company covers of a need, and the way to say so. */
function OwnFit({ need, onAnswered }: { need: NeedView; onAnswered: () => void }) {
  const [answering, setAnswering] = useState(false);
  const { smeId } = currentUser();
  if (need.fit === null || smeId === null) return null;
  const points = pointsOf(need.fit.score);
  return (
    <section class="card" aria-labelledby="need-fit">
      <div class="card-head">
        <h2 id="need-fit">{words.fit.title}</h2>
        <p class="answer-figure">{words.answers.covered(points)}</p>
      </div>
      <PartMarks label={words.answers.coveredLabel(points)} parts={need.fit.parts} />
      <p>{need.fit.score === 0 ? words.fit.none : need.fit.sentence}</p>
      {need.fit.parts.some(({ level }) => level < 2) && <p class="fine">{words.fit.partial}</p>}
      {need.state === 'published' && (
        <div class="actions">
          <Button
            kind="primary"
            icon="check"
            onClick={() => {
              setAnswering(true);
            }}
          >
            {words.fit.answer}
          </Button>
        </div>
      )}
      {answering && (
        <AnswerDialog
          needId={need.id}
          smeId={smeId}
          onDone={() => {
            setAnswering(false);
            onAnswered();
          }}
          onClose={() => {
            setAnswering(false);
          }}
        />
      )}
    </section>
  );
}

function InterestsOf({ needId, round, own }: { needId: string; round: number; own: boolean }) {
  const pages = usePages<InterestView>('/interests', { needId, limit: 24 });
  useEffect(() => {
    if (round > 0) pages.reload();
  }, [round]);
  useEffect(() => onEvent('interest', pages.reload), [pages.reload]);
  if (!own && pages.items.length === 0) return null;
  return (
    <section class="stack-small" aria-labelledby="need-interests">
      <h2 id="need-interests">{words.interest.onNeed}</h2>
      <PageList pages={pages} empty={<p class="fine">{words.interest.noneDemand}</p>}>
        {(items) => (
          <ul class="grid plain-list">
            {items.map((interest) => (
              <InterestCard key={interest.id} interest={interest} showNeed={false} onChanged={pages.reload} />
            ))}
          </ul>
        )}
      </PageList>
    </section>
  );
}

function View({ need, onChanged }: { need: NeedView; onChanged: (need: NeedView) => void }) {
  const { role } = currentUser();
  const [round, setRound] = useState(0);
  const began = (): void => {
    setRound(round + 1);
  };
  return (
    <>
      <div class="badges">
        {(need.own || need.state !== 'published') && <NeedStateMark state={need.state} />}
        <OrganisationLine need={need} />
      </div>
      {need.state !== 'published' && (need.own || need.state === 'closed') && (
        <Notice>
          <p>{words.page.stateLeads[need.state]}</p>
        </Notice>
      )}
      {need.own && <ReviewNotes needId={need.id} own={need.own} />}
      <div class="need-columns">
        <div class="stack">
          <AboutNeed need={need} />
          {need.demonstrator !== null && <DemonstratorPart demonstrator={need.demonstrator} />}
        </div>
        <div class="stack">
          <OwnFit need={need} onAnswered={began} />
          {need.own && <ConfidentialPart own={need.own} />}
          {need.own && <StepButtons need={need} own={need.own} onChanged={onChanged} />}
        </div>
      </div>
      {role !== 'cluster' && (need.own || role === 'sme') && (
        <InterestsOf needId={need.id} round={round} own={need.own !== undefined} />
      )}
      {need.own && <Answers key={need.own.version} need={need} onAsked={began} />}
    </>
  );
}

/** One need, as its organisation, staff, companies and clusters see it. */
export function NeedPage({ params }: PageProps) {
  const { needId = '' } = params;
  const of = useLoad<NeedView>(`/needs/${encodeURIComponent(needId)}`);
  useEffect(() => {
    const stops = [
      onEvent('need', (event) => {
        if (event.needId === needId) of.reload();
      }),
      onReload(of.reload),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [needId, of.reload]);
  return (
    <div class="stack">
      <PageHeading
        title={of.data?.title ?? t.shell.pages.need}
        above={<a href="/needs">{words.page.toNeeds}</a>}
      />
      <Show of={of} lines={4}>
        {(need) => <View need={need} onChanged={of.set} />}
      </Show>
    </div>
  );
}
