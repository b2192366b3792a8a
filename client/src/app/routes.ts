import { t } from '../strings/text.ts';
import type { PageRoute } from './page.ts';

const titles = t.shell.pages;
const register = ['staff', 'cluster'] as const;
const speaksForSmes = ['staff', 'cluster', 'sme'] as const;

/** Every page of the client; the first that fits the address is shown. Each is fetched when it is first needed. */
export const routes: readonly PageRoute[] = [
  {
    path: '/sign-in',
    title: titles.signIn,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../accounts/SignInPage.tsx')).SignInPage,
  },
  {
    path: '/setup',
    title: titles.setUp,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../accounts/SetUpPage.tsx')).SetUpPage,
  },
  {
    path: '/invitation',
    title: titles.invitation,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../accounts/InvitationPage.tsx')).InvitationPage,
  },
  {
    path: '/forgot-password',
    title: titles.forgotPassword,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../accounts/ForgotPasswordPage.tsx')).ForgotPasswordPage,
  },
  {
    path: '/password-reset',
    title: titles.passwordReset,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../accounts/PasswordResetPage.tsx')).PasswordResetPage,
  },
  {
    path: '/check-in',
    title: titles.checkIn,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../event/CheckInPage.tsx')).CheckInPage,
  },
  {
    path: '/consortia',
    title: titles.consortia,
    access: speaksForSmes,
    load: async () => (await import('../consortia/ConsortiaPage.tsx')).ConsortiaPage,
  },
  {
    path: '/consortia/:consortiumId',
    title: titles.consortium,
    access: speaksForSmes,
    load: async () => (await import('../consortia/ConsortiumPage.tsx')).ConsortiumPage,
  },
  {
    path: '/events',
    title: titles.events,
    access: speaksForSmes,
    load: async () => (await import('../event/EventsPage.tsx')).EventsPage,
  },
  {
    path: '/events/:eventId',
    title: titles.event,
    access: ['sme'],
    load: async () => (await import('../event/MyEventPage.tsx')).MyEventPage,
  },
  {
    path: '/events/:eventId/smes/:smeId',
    title: titles.event,
    access: register,
    load: async () => (await import('../event/MyEventPage.tsx')).MyEventPage,
  },
  {
    path: '/events/:eventId/room',
    title: titles.room,
    access: 'everybody',
    frame: 'wall',
    load: async () => (await import('../room/RoomPage.tsx')).RoomPage,
  },
  {
    path: '/api/docs',
    title: titles.reference,
    access: 'everybody',
    load: async () => (await import('../reference/ReferencePage.tsx')).ReferencePage,
  },
  {
    path: '/overview',
    title: titles.overview,
    access: ['staff'],
    load: async () => (await import('../staff/OverviewPage.tsx')).OverviewPage,
  },
  {
    path: '/pairs',
    title: titles.pairs,
    access: ['staff'],
    load: async () => (await import('../pairs/PairsPage.tsx')).PairsPage,
  },
  {
    path: '/partners',
    title: titles.partners,
    access: ['sme'],
    load: async () => (await import('../partners/PartnersPage.tsx')).PartnersPage,
  },
  {
    path: '/profile',
    title: titles.profile,
    access: ['sme'],
    load: async () => (await import('../profile/ProfilePage.tsx')).ProfilePage,
  },
  {
    path: '/companies',
    title: titles.companies,
    access: 'signed-in',
    load: async () => (await import('../directory/CompaniesPage.tsx')).CompaniesPage,
  },
  {
    path: '/smes/new',
    title: titles.newSme,
    access: register,
    load: async () => (await import('../profile/NewSmePage.tsx')).NewSmePage,
  },
  {
    path: '/smes/:smeId',
    title: titles.sme,
    access: 'signed-in',
    load: async () => (await import('../profile/SmePage.tsx')).SmePage,
  },
  {
    path: '/smes/:smeId/edit',
    title: titles.editSme,
    access: speaksForSmes,
    load: async () => (await import('../profile/ProfilePage.tsx')).ProfilePage,
  },
  {
    path: '/smes/:smeId/partners',
    title: titles.partnersOf,
    access: speaksForSmes,
    load: async () => (await import('../partners/PartnersPage.tsx')).PartnersPage,
  },
  {
    path: '/smes/:smeId/partners/:partnerId',
    title: titles.explanation,
    access: speaksForSmes,
    load: async () => (await import('../partners/ExplanationPage.tsx')).ExplanationPage,
  },
  {
    path: '/clusters',
    title: titles.clusters,
    access: 'signed-in',
    load: async () => (await import('../directory/ClustersPage.tsx')).ClustersPage,
  },
  {
    path: '/clusters/:clusterId',
    title: titles.cluster,
    access: 'signed-in',
    load: async () => (await import('../directory/ClusterPage.tsx')).ClusterPage,
  },
  {
    path: '/members',
    title: titles.members,
    access: ['cluster'],
    load: async () => (await import('../members/MembersPage.tsx')).MembersPage,
  },
  {
    path: '/clusters/:clusterId/members',
    title: titles.membersOf,
    access: register,
    load: async () => (await import('../members/MembersPage.tsx')).MembersPage,
  },
  {
    path: '/imports',
    title: titles.imports,
    access: register,
    load: async () => (await import('../imports/ImportsPage.tsx')).ImportsPage,
  },
  {
    path: '/imports/:importId',
    title: titles.import,
    access: register,
    load: async () => (await import('../imports/ImportPage.tsx')).ImportPage,
  },
  {
    path: '/weights',
    title: titles.weights,
    access: ['staff'],
    load: async () => (await import('../weights/WeightsPage.tsx')).WeightsPage,
  },
  {
    path: '/jobs',
    title: titles.jobs,
    access: ['staff'],
    load: async () => (await import('../jobs/JobsPage.tsx')).JobsPage,
  },
  {
    path: '/accounts',
    title: titles.accounts,
    access: ['staff'],
    load: async () => (await import('../staff/AccountsPage.tsx')).AccountsPage,
  },
  {
    path: '/invitations',
    title: titles.invitations,
    access: ['staff'],
    load: async () => (await import('../staff/InvitationsPage.tsx')).InvitationsPage,
  },
  {
    path: '/account',
    title: titles.account,
    access: 'signed-in',
    load: async () => (await import('../accounts/AccountPage.tsx')).AccountPage,
  },
];
