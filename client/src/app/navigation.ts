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
const consortia = item('/consortia', titles.consortia, 'partners');
const events = item('/events', titles.events, 'jobs');
const imports = item('/imports', titles.imports, 'imports');

/** What each role finds in the navigation, most used first: on phones the first four stand at the lower edge. */
export const navigation: Readonly<Record<Role, readonly NavigationItem[]>> = {
  sme: [
    item('/partners', titles.partners, 'partners', titles.partnersOf),
    events,
    item('/profile', titles.profile, 'profile', t.shell.profileShort),
    consortia,
    companies,
    clusters,
  ],
  cluster: [item('/members', titles.members, 'members'), events, consortia, imports, companies, clusters],
  staff: [
    item('/overview', titles.overview, 'overview'),
    events,
    item('/pairs', titles.pairs, 'partners'),
    consortia,
    companies,
    clusters,
    item('/weights', titles.weights, 'weights'),
    imports,
    item('/runs', titles.runs, 'runs'),
    item('/jobs', titles.jobs, 'jobs'),
    item('/accounts', titles.accounts, 'accounts'),
    item('/invitations', titles.invitations, 'invitations'),
  ],
  demand: [companies, clusters],
};

/** Where each role starts. */
export function homeOf(role: Role): string {
  return navigation[role][0]?.href ?? '/companies';
}

/** True where the address belongs to this item of the navigation. */
export function isCurrent(entry: NavigationItem, path: string): boolean {
  return path === entry.href || path.startsWith(`${entry.href}/`);
}
