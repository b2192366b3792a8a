import { useEffect, useState } from 'preact/hooks';
import type { InterestView } from '../../../server/interests/schema.ts';
import type { NeedView } from '../../../server/needs/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { usePages, type Pages } from '../api/usePages.ts';
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

/** What the reader's company covers of a need, and the way to say so; `answered`: it has, and nobody has declined. */
function OwnFit(props: { need: NeedView; answered: boolean; onAnswered: () => void }) {
  const { need, answered } = props;
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
      {answered && <p class="fine">{words.fit.answered}</p>}
      {need.state === 'published' && (
        <div class="actions">
          <Button
            {...(answered ? {} : { kind: 'primary', icon: 'check' })}
            onClick={() => {
              setAnswering(true);
            }}
          >
            {answered ? words.fit.again : words.fit.answer}
          </Button>
        </div>
      )}
      {answering && (
        <AnswerDialog
          needId={need.id}
          smeId={smeId}
          onDone={() => {
            setAnswering(false);
            props.onAnswered();
          }}
          onClose={() => {
            setAnswering(false);
          }}
        />
      )}
    </section>
  );
}

function InterestsOf({ pages, own }: { pages: Pages<InterestView>; own: boolean }) {
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

interface ViewProps {
  need: NeedView;
  onChanged: (need: NeedView) => void;
}

/** A need with who would answer it, for those who may take part in that. */
function ViewWithInterests(props: ViewProps) {
  const interests = usePages<InterestView>('/interests', { needId: props.need.id, limit: 24 });
  useEffect(() => onEvent('interest', interests.reload), [interests.reload]);
  return <View {...props} interests={interests} />;
}

function View({ need, onChanged, interests }: ViewProps & { interests: Pages<InterestView> | null }) {
  const { role, smeId } = currentUser();
  const answered = (interests?.items ?? []).some(
    ({ state, smes }) => (state === 'open' || state === 'accepted') && smes.some(({ id }) => id === smeId),
  );
  const reload = (): void => {
    interests?.reload();
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
          <OwnFit need={need} answered={answered} onAnswered={reload} />
          {need.own && <ConfidentialPart own={need.own} />}
          {need.own && <StepButtons need={need} own={need.own} onChanged={onChanged} />}
        </div>
      </div>
      {interests !== null && (need.own || role === 'sme') && (
        <InterestsOf pages={interests} own={need.own !== undefined} />
      )}
      {need.own && <Answers key={need.own.version} need={need} onAsked={reload} />}
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
        {(need) =>
          currentUser().role === 'cluster' ? (
            <View need={need} onChanged={of.set} interests={null} />
          ) : (
            <ViewWithInterests need={need} onChanged={of.set} />
          )
        }
      </Show>
    </div>
  );
}
