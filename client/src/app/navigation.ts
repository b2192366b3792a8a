import type { Role } from '../../../server/accounts/schema.ts';
import type { IconName } from '../components/Icon.tsx';
import { t } from '../strings/text.ts';

export interface NavigationItem {
  href: string;
  label: string;
  icon: IconName;
  /** The label where there is little room, such as in the tabs of a phone. */
  short: string;
}
const titles = t.shell.pages;
const item = (href: string, label: string, icon: IconName, short = label): NavigationItem => ({
  href,
  label,
  icon,
  short,
});

const companies = item('/companies', titles.companies, 'companies');
const clusters = item('/clusters', titles.clusters, 'clusters');
const applications = item('/applications', titles.applications, 'invitations');
const ownStatus = item('/our-status', titles.ownStatus, 'profile');
const coverage = item('/coverage', titles.coverage, 'clusters');
const mapping = item('/mapping', titles.mapping, 'search');
const calls = item('/calls', titles.calls, 'info');
const funnel = item('/funnel', titles.funnel, 'overview');
const consortia = item('/consortia', titles.consortia, 'partners');
const events = item('/events', titles.events, 'jobs');
const news = item('/news', titles.news, 'news');
const calendar = item('/calendar', titles.calendar, 'calendar');
const questions = item('/questions', titles.questions, 'questions');
const faq = item('/faq', titles.faq, 'book');
const practices = item('/practices', titles.practices, 'practices');
const outreach = item('/outreach', titles.outreach, 'outreach');
const reports = item('/reports', titles.reports, 'reports');
const needs = item('/needs', titles.needs, 'needs');
const interests = item('/interests', titles.interests, 'partners');
const imports = item('/imports', titles.imports, 'imports');

/** Items that belong together, under a heading of their own. */
export interface NavigationGroup {
  /** null: the first group, which needs none. */
  title: string | null;
  items: readonly NavigationItem[];
}
const groups = t.shell.groups;
const group = (title: string | null, ...items: readonly NavigationItem[]): NavigationGroup => ({
  title,
  items,
});

/**
 * What each role finds in the navigation. The first group is what is used most: on phones its first four items stand at the lower edge,
 * and all the rest is behind 'More'.
 */
export const navigation: Readonly<Record<Role, readonly NavigationGroup[]>> = {
  sme: [
    group(
      null,
      item('/partners', titles.partners, 'partners', titles.partnersOf),
      events,
      item('/profile', titles.profile, 'profile', t.shell.profileShort),
      consortia,
    ),
    group(groups.programme, calls, needs),
    group(groups.network, mapping, companies, clusters),
    group(groups.communication, news, calendar, questions, faq),
  ],
  cluster: [
    group(null, item('/members', titles.members, 'members'), events, consortia, imports),
    group(groups.programme, calls, needs, funnel),
    group(groups.network, mapping, companies, clusters, coverage, ownStatus),
    group(groups.communication, news, calendar, questions, faq, practices, outreach, reports),
  ],
  staff: [
    group(null, item('/overview', titles.overview, 'overview'), events, consortia, companies),
    group(
      groups.matching,
      item('/pairs', titles.pairs, 'partners'),
      item('/weights', titles.weights, 'weights'),
      item('/runs', titles.runs, 'runs'),
    ),
    group(groups.programme, calls, needs, funnel),
    group(groups.network, mapping, clusters, applications, coverage, imports),
    group(groups.communication, news, calendar, questions, faq, practices, outreach, reports),
    group(
      groups.operation,
      item('/accounts', titles.accounts, 'accounts'),
      item('/invitations', titles.invitations, 'invitations'),
      item('/jobs', titles.jobs, 'jobs'),
      item('/audit', titles.audit, 'lock'),
      item('/retention', titles.retention, 'info'),
      item('/record-of-processing', titles.processingRecord, 'info'),
    ),
  ],
  demand: [
    group(null, needs, interests, mapping, companies),
    group(groups.network, calls, clusters),
    group(groups.communication, news, calendar, questions, faq),
  ],
};

/** The items of the lower edge of phones, and what is left of each group. */
export function tabsOf(role: Role): {
  tabs: readonly NavigationItem[];
  rest: readonly NavigationGroup[];
} {
  const [first, ...others] = navigation[role];
  const items = first?.items ?? [];
  const left = items.slice(4);
  return { tabs: items.slice(0, 4), rest: left.length > 0 ? [group(null, ...left), ...others] : others };
}

/** Where each role starts. */
export function homeOf(role: Role): string {
  return navigation[role][0]?.items[0]?.href ?? '/companies';
}

/** True where the address belongs to this item of the navigation. */
export function isCurrent(entry: NavigationItem, path: string): boolean {
  return path === entry.href || path.startsWith(`${entry.href}/`);
}
