import { useState } from 'preact/hooks';
import type { ChallengeView } from '../../../server/challenges/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure, Show } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { termLabel, useTaxonomy } from '../profile/taxonomy.ts';
import { t } from '../strings/text.ts';
import { ChallengeForm } from './ChallengeForm.tsx';
import { NeedRow } from './ChallengeNeeds.tsx';
import { ChallengeMark } from './ChallengesPage.tsx';
import { wantedTrl } from './NeedMarks.tsx';
import './needs.css';

const words = t.needs.challenges;
const FACETS = ['capabilities', 'technologies', 'fields', 'sectors'] as const;

interface ChallengeProps {
  challenge: ChallengeView;
  onChanged: (challenge: ChallengeView) => void;
}

/** The challenge as everybody else reads it. */
function ChallengeText({ challenge }: { challenge: ChallengeView }) {
  const taxonomy = useTaxonomy().data;
  return (
    <section class="card" aria-label={challenge.title}>
      <p class="own-words">{challenge.words}</p>
      <dl class="facts term-list">
        {FACETS.filter((facet) => challenge[facet].length > 0).map((facet) => (
          <div key={facet}>
            <dt>{t.common.facets[facet]}</dt>
            <dd class="badges">
              {challenge[facet].map((id) => (
                <Badge key={id}>{termLabel(taxonomy, id)}</Badge>
              ))}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t.needs.page.readiness}</dt>
          <dd>{wantedTrl(challenge)}</dd>
        </div>
      </dl>
    </section>
  );
}

function StepButtons({ challenge, onChanged }: ChallengeProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const take = async (step: 'publish' | 'retire'): Promise<void> => {
    const question =
      step === 'publish'
        ? { title: words.publishAsk, body: words.publishBody, action: words.publish, danger: false }
        : { title: words.retireAsk, body: words.retireBody, action: words.retire };
    if (!(await askConfirm(question))) return;
    setBusy(true);
    setError(null);
    try {
      const { id, version } = challenge;
      onChanged(await api.post<ChallengeView>(`/challenges/${id}/steps`, { step, version }));
      announce(step === 'publish' ? words.published : words.retired);
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <div class="stack-small">
      {error !== null && <Failure error={error} />}
      <div class="actions">
        {challenge.state !== 'published' && (
          <Button kind="primary" busy={busy} onClick={() => void take('publish')}>
            {words.publish}
          </Button>
        )}
        {challenge.state !== 'retired' && (
          <Button busy={busy} onClick={() => void take('retire')}>
            {words.retire}
          </Button>
        )}
      </div>
    </div>
  );
}

function NeedsBehind({ challenge }: { challenge: ChallengeView }) {
  if (challenge.needs.length === 0) return null;
  return (
    <section class="card" aria-labelledby="challenge-needs">
      <h2 id="challenge-needs">{words.from}</h2>
      <ul class="rows plain-list">
        {challenge.needs.map((need) => (
          <NeedRow key={need.id} need={need} />
        ))}
      </ul>
    </section>
  );
}

/** One challenge: staff word and publish it, everybody else reads it. */
export function ChallengePage({ params }: PageProps) {
  const of = useLoad<ChallengeView>(`/challenges/${encodeURIComponent(params.challengeId ?? '')}`);
  const staff = currentUser().role === 'staff';
  return (
    <div class="stack">
      <PageHeading
        title={of.data?.title ?? words.newChallenge}
        above={<a href="/challenges">{words.toChallenges}</a>}
      />
      <Show of={of} lines={4}>
        {(challenge) => (
          <div class="need-columns">
            <div class="stack">
              {staff && challenge.state !== 'retired' ? (
                <ChallengeForm key={challenge.version} challenge={challenge} onChanged={of.set} />
              ) : (
                <ChallengeText challenge={challenge} />
              )}
            </div>
            <div class="stack">
              {staff && (
                <p class="badges">
                  <ChallengeMark state={challenge.state} />
                </p>
              )}
              {!(staff && challenge.state !== 'retired') && <NeedsBehind challenge={challenge} />}
              {staff && <StepButtons challenge={challenge} onChanged={of.set} />}
            </div>
          </div>
        )}
      </Show>
    </div>
  );
}
