import type { ChallengeState, ChallengeView } from '../../../server/challenges/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { Empty } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, NothingFits, TimeSort } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { wantedTrl } from './NeedMarks.tsx';
import './needs.css';
import { NeedsViews } from './NeedsViews.tsx';

const words = t.needs.challenges;
const KINDS = { draft: 'plain', published: 'good', retired: 'plain' } as const;

/** The state of a challenge, in a word. */
export function ChallengeMark({ state }: { state: ChallengeState }) {
  return <Badge kind={KINDS[state]}>{words.states[state]}</Badge>;
}

/** Challenges of open calls, made from needs. */
export function ChallengesPage(_props: PageProps) {
  const staff = currentUser().role === 'staff';
  const pages = usePages<ChallengeView>('/challenges', {
    state: staff ? filterValue('state') : '',
    sort: filterValue('sort'),
    limit: 24,
  });
  return (
    <div class="stack">
      <PageHeading title={words.title} lead={words.lead} />
      <NeedsViews />
      <div class="toolbar" role="search">
        {staff && (
          <ChoiceFilter
            label={t.needs.state}
            name="state"
            choices={[
              { value: '', label: t.common.all },
              ...Object.entries(words.states).map(([value, label]) => ({ value, label })),
            ]}
          />
        )}
        <TimeSort />
      </div>
      <PageList
        pages={pages}
        empty={
          <NothingFits filters={['state']}>
            {' '}
            <Empty icon="partners" title={words.none}>
              <p>{staff ? words.noneStaff : words.noneOthers}</p>
            </Empty>
          </NothingFits>
        }
      >
        {(items) => (
          <ul class="grid plain-list">
            {items.map((challenge) => (
              <li key={challenge.id} class="card card-link">
                <h2 class="card-title">
                  <a href={`/challenges/${challenge.id}`}>{challenge.title}</a>
                </h2>
                <p class="clamp">{challenge.words}</p>
                <p class="badges">
                  {staff && <ChallengeMark state={challenge.state} />}
                  <span class="fine">{words.needs(challenge.needs.length)}</span>
                  <span class="fine">{wantedTrl(challenge)}</span>
                </p>
              </li>
            ))}
          </ul>
        )}
      </PageList>
    </div>
  );
}
