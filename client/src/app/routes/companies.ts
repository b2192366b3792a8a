import { t } from '../../strings/text.ts';
import type { PageRoute } from '../page.ts';
import { register, speaksForSmes } from './access.ts';

const titles = t.shell.pages;

/** Clusters, companies, what they offer, and how they come in. */
export const companiesRoutes: readonly PageRoute[] = [
  {
    path: '/profile',
    title: titles.profile,
    access: ['sme'],
    load: async () => (await import('../../profile/ProfilePage.tsx')).ProfilePage,
  },
  {
    path: '/companies',
    title: titles.companies,
    access: 'signed-in',
    load: async () => (await import('../../directory/CompaniesPage.tsx')).CompaniesPage,
  },
  {
    path: '/smes/new',
    title: titles.newSme,
    access: register,
    load: async () => (await import('../../profile/NewSmePage.tsx')).NewSmePage,
  },
  {
    path: '/smes/:smeId',
    title: titles.sme,
    access: 'signed-in',
    load: async () => (await import('../../profile/SmePage.tsx')).SmePage,
  },
  {
    path: '/smes/:smeId/edit',
    title: titles.editSme,
    access: speaksForSmes,
    load: async () => (await import('../../profile/ProfilePage.tsx')).ProfilePage,
  },
  {
    path: '/clusters',
    title: titles.clusters,
    access: 'signed-in',
    load: async () => (await import('../../directory/ClustersPage.tsx')).ClustersPage,
  },
  {
    path: '/clusters/:clusterId',
    title: titles.cluster,
    access: 'signed-in',
    load: async () => (await import('../../directory/ClusterPage.tsx')).ClusterPage,
  },
  {
    path: '/mapping',
    title: titles.mapping,
    access: 'everybody',
    load: async () => (await import('../../mapping/MappingPage.tsx')).MappingPage,
  },
  {
    path: '/mapping/solutions/:smeId/:solutionId',
    title: titles.solution,
    access: 'everybody',
    load: async () => (await import('../../mapping/SolutionPage.tsx')).SolutionPage,
  },
  {
    path: '/use-cases/new',
    title: titles.newUseCase,
    access: register,
    load: async () => (await import('../../mapping/UseCaseForm.tsx')).NewUseCasePage,
  },
  {
    path: '/use-cases/:useCaseId',
    title: titles.useCase,
    access: 'everybody',
    load: async () => (await import('../../mapping/UseCasePage.tsx')).UseCasePage,
  },
  {
    path: '/use-cases/:useCaseId/edit',
    title: titles.editUseCase,
    access: register,
    load: async () => (await import('../../mapping/UseCaseForm.tsx')).EditUseCasePage,
  },
  {
    path: '/members',
    title: titles.members,
    access: ['cluster'],
    load: async () => (await import('../../members/MembersPage.tsx')).MembersPage,
  },
  {
    path: '/clusters/:clusterId/members',
    title: titles.membersOf,
    access: register,
    load: async () => (await import('../../members/MembersPage.tsx')).MembersPage,
  },
  {
    path: '/imports',
    title: titles.imports,
    access: register,
    load: async () => (await import('../../imports/ImportsPage.tsx')).ImportsPage,
  },
  {
    path: '/imports/:importId',
    title: titles.import,
    access: register,
    load: async () => (await import('../../imports/ImportPage.tsx')).ImportPage,
  },
];
