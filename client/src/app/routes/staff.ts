import { t } from '../../strings/text.ts';
import type { PageRoute } from '../page.ts';

const titles = t.shell.pages;

/** What staff look after the house with. */
export const staffRoutes: readonly PageRoute[] = [
  {
    path: '/overview',
    title: titles.overview,
    access: ['staff'],
    load: async () => (await import('../../staff/OverviewPage.tsx')).OverviewPage,
  },
  {
    path: '/jobs',
    title: titles.jobs,
    access: ['staff'],
    load: async () => (await import('../../jobs/JobsPage.tsx')).JobsPage,
  },
  {
    path: '/accounts',
    title: titles.accounts,
    access: ['staff'],
    load: async () => (await import('../../staff/AccountsPage.tsx')).AccountsPage,
  },
  {
    path: '/invitations',
    title: titles.invitations,
    access: ['staff'],
    load: async () => (await import('../../staff/InvitationsPage.tsx')).InvitationsPage,
  },
  {
    path: '/audit',
    title: titles.audit,
    access: ['staff'],
    load: async () => (await import('../../audit/AuditPage.tsx')).AuditPage,
  },
];
