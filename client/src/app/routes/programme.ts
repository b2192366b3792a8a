import { t } from '../../strings/text.ts';
import type { PageRoute } from '../page.ts';
import { register, stating, speaksForSmes } from './access.ts';

const titles = t.shell.pages;

/** Calls, needs, consortia, the funnel, and clusters as ambassadors. */
export const programmeRoutes: readonly PageRoute[] = [
  {
    path: '/calls',
    title: titles.calls,
    access: 'signed-in',
    load: async () => (await import('../../calls/CallsPage.tsx')).CallsPage,
  },
  {
    path: '/calls/new',
    title: titles.newCall,
    access: ['staff'],
    load: async () => (await import('../../calls/EditCallPage.tsx')).NewCallPage,
  },
  {
    path: '/calls/:callId',
    title: titles.call,
    access: 'signed-in',
    load: async () => (await import('../../calls/CallPage.tsx')).CallPage,
  },
  {
    path: '/calls/:callId/edit',
    title: titles.editCall,
    access: ['staff'],
    load: async () => (await import('../../calls/EditCallPage.tsx')).EditCallPage,
  },
  {
    path: '/calls/:callId/eligibility',
    title: titles.eligibility,
    access: speaksForSmes,
    load: async () => (await import('../../calls/EligibilityPage.tsx')).EligibilityPage,
  },
  {
    path: '/eligibility',
    title: titles.eligibility,
    access: speaksForSmes,
    load: async () => (await import('../../calls/EligibilityPage.tsx')).EligibilityPage,
  },
  {
    path: '/calls/:callId/outcomes',
    title: titles.outcomes,
    access: ['staff'],
    load: async () => (await import('../../calls/OutcomesPage.tsx')).OutcomesPage,
  },
  {
    path: '/calls/:callId/access',
    title: titles.access,
    access: ['staff'],
    load: async () => (await import('../../funnel/AccessPage.tsx')).AccessPage,
  },
  {
    path: '/funnel',
    title: titles.funnel,
    access: register,
    load: async () => (await import('../../funnel/FunnelPage.tsx')).FunnelPage,
  },
  {
    path: '/consortia/:consortiumId/dossier',
    title: titles.dossier,
    access: speaksForSmes,
    load: async () => (await import('../../calls/DossierPage.tsx')).DossierPage,
  },
  {
    path: '/consortia',
    title: titles.consortia,
    access: speaksForSmes,
    load: async () => (await import('../../consortia/ConsortiaPage.tsx')).ConsortiaPage,
  },
  {
    path: '/consortia/:consortiumId',
    title: titles.consortium,
    access: speaksForSmes,
    load: async () => (await import('../../consortia/ConsortiumPage.tsx')).ConsortiumPage,
  },
  {
    path: '/needs',
    title: titles.needs,
    access: 'signed-in',
    load: async () => (await import('../../needs/NeedsPage.tsx')).NeedsPage,
  },
  {
    path: '/needs/new',
    title: titles.newNeed,
    access: stating,
    load: async () => (await import('../../needs/EditNeedPage.tsx')).NewNeedPage,
  },
  {
    path: '/needs/gaps',
    title: titles.gaps,
    access: ['staff', 'cluster', 'demand'],
    load: async () => (await import('../../needs/GapsPage.tsx')).GapsPage,
  },
  {
    path: '/needs/:needId',
    title: titles.need,
    access: 'signed-in',
    load: async () => (await import('../../needs/NeedPage.tsx')).NeedPage,
  },
  {
    path: '/needs/:needId/edit',
    title: titles.editNeed,
    access: stating,
    load: async () => (await import('../../needs/EditNeedPage.tsx')).EditNeedPage,
  },
  {
    path: '/interests',
    title: titles.interests,
    access: ['sme', 'demand', 'staff'],
    load: async () => (await import('../../needs/InterestsPage.tsx')).InterestsPage,
  },
  {
    path: '/demonstrators',
    title: titles.demonstrators,
    access: 'signed-in',
    load: async () => (await import('../../needs/DemonstratorsPage.tsx')).DemonstratorsPage,
  },
  {
    path: '/challenges',
    title: titles.challenges,
    access: 'signed-in',
    load: async () => (await import('../../needs/ChallengesPage.tsx')).ChallengesPage,
  },
  {
    path: '/challenges/:challengeId',
    title: titles.challenge,
    access: 'signed-in',
    load: async () => (await import('../../needs/ChallengePage.tsx')).ChallengePage,
  },
  {
    path: '/ambassadors',
    title: titles.ambassadors,
    access: 'everybody',
    load: async () => (await import('../../ambassadors/AboutPage.tsx')).AboutPage,
  },
  {
    path: '/ambassadors/apply',
    title: titles.apply,
    access: 'everybody',
    load: async () => (await import('../../ambassadors/ApplyPage.tsx')).ApplyPage,
  },
  {
    path: '/ambassadors/application',
    title: titles.ownApplication,
    access: 'everybody',
    load: async () => (await import('../../ambassadors/StatusPage.tsx')).StatusPage,
  },
  {
    path: '/project-partners',
    title: titles.projectPartners,
    access: 'everybody',
    load: async () => (await import('../../ambassadors/PartnersPage.tsx')).ProjectPartnersPage,
  },
  {
    path: '/applications',
    title: titles.applications,
    access: ['staff'],
    load: async () => (await import('../../ambassadors/QueuePage.tsx')).QueuePage,
  },
  {
    path: '/applications/:applicationId',
    title: titles.application,
    access: ['staff'],
    load: async () => (await import('../../ambassadors/ReviewPage.tsx')).ReviewPage,
  },
  {
    path: '/our-status',
    title: titles.ownStatus,
    access: ['cluster'],
    load: async () => (await import('../../ambassadors/OwnStatusPage.tsx')).OwnStatusPage,
  },
  {
    path: '/coverage',
    title: titles.coverage,
    access: register,
    load: async () => (await import('../../coverage/CoveragePage.tsx')).CoveragePage,
  },
];
