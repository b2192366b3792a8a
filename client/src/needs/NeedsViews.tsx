import type { Role } from '../../../server/accounts/schema.ts';
import { place } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { t } from '../strings/text.ts';

const words = t.needs.views;
type View = Exclude<keyof typeof words, 'label'>;

const VIEWS: Readonly<Record<Role, readonly View[]>> = {
  demand: ['mine', 'all', 'interests', 'demonstrators', 'challenges', 'gaps'],
  sme: ['fit', 'all', 'interests', 'demonstrators', 'challenges'],
  staff: ['review', 'all', 'interests', 'demonstrators', 'challenges', 'gaps'],
  cluster: ['all', 'demonstrators', 'challenges', 'gaps'],
};
const PAGES: Readonly<Partial<Record<View, string>>> = {
  interests: '/interests',
  demonstrators: '/demonstrators',
  challenges: '/challenges',
  gaps: '/needs/gaps',
};

/** What the needs page shows where nothing else is asked for: the first view of the role. */
export function currentNeedsView(): 'mine' | 'review' | 'fit' | 'all' {
  const [first = 'all'] = VIEWS[currentUser().role];
  const asked = place.value.query.get('view') ?? first;
  if (asked === 'mine' || asked === 'review' || asked === 'fit') {
    return VIEWS[currentUser().role].includes(asked) ? asked : 'all';
  }
  return 'all';
}

/** The pages of the demand side, as tabs that are links. */
export function NeedsViews() {
  const { path } = place.value;
  const views = VIEWS[currentUser().role];
  return (
    <nav class="views" aria-label={words.label}>
      {views.map((view) => {
        const page = PAGES[view];
        const current = page === undefined ? path === '/needs' && currentNeedsView() === view : path === page;
        return (
          <a
            key={view}
            href={page ?? (view === views[0] ? '/needs' : `/needs?view=${view}`)}
            aria-current={current ? 'page' : undefined}
          >
            {words[view]}
          </a>
        );
      })}
    </nav>
  );
}
