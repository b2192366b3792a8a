import { t } from '../../strings/text.ts';
import type { PageRoute } from '../page.ts';
import { speaksForSmes } from './access.ts';

const titles = t.shell.pages;

/** Suggestions, the best pairs, weights and runs. */
export const matchingRoutes: readonly PageRoute[] = [
  {
    path: '/pairs',
    title: titles.pairs,
    access: ['staff'],
    load: async () => (await import('../../pairs/PairsPage.tsx')).PairsPage,
  },
  {
    path: '/partners',
    title: titles.partners,
    access: ['sme'],
    load: async () => (await import('../../partners/PartnersPage.tsx')).PartnersPage,
  },
  {
    path: '/smes/:smeId/partners',
    title: titles.partnersOf,
    access: speaksForSmes,
    load: async () => (await import('../../partners/PartnersPage.tsx')).PartnersPage,
  },
  {
    path: '/smes/:smeId/partners/:partnerId',
    title: titles.explanation,
    access: speaksForSmes,
    load: async () => (await import('../../partners/ExplanationPage.tsx')).ExplanationPage,
  },
  {
    path: '/weights',
    title: titles.weights,
    access: ['staff'],
    load: async () => (await import('../../weights/WeightsPage.tsx')).WeightsPage,
  },
  {
    path: '/runs',
    title: titles.runs,
    access: ['staff'],
    load: async () => (await import('../../runs/RunsPage.tsx')).RunsPage,
  },
  {
    path: '/runs/:runId',
    title: titles.run,
    access: ['staff'],
    load: async () => (await import('../../runs/RunPage.tsx')).RunPage,
  },
];
