import { t } from '../../strings/text.ts';
import type { PageRoute } from '../page.ts';
import { register } from './access.ts';

const titles = t.shell.pages;

/** News, calendar, questions, good practice, outreach and reports. */
export const communicationRoutes: readonly PageRoute[] = [
  {
    path: '/news',
    title: titles.news,
    access: 'signed-in',
    load: async () => (await import('../../news/NewsPage.tsx')).NewsPage,
  },
  {
    path: '/news/:announcementId',
    title: titles.announcement,
    access: 'signed-in',
    load: async () => (await import('../../news/AnnouncementPage.tsx')).AnnouncementPage,
  },
  {
    path: '/calendar',
    title: titles.calendar,
    access: 'signed-in',
    load: async () => (await import('../../calendar/CalendarPage.tsx')).CalendarPage,
  },
  {
    path: '/questions',
    title: titles.questions,
    access: 'signed-in',
    load: async () => (await import('../../questions/QuestionsPage.tsx')).QuestionsPage,
  },
  {
    path: '/questions/:questionId',
    title: titles.question,
    access: 'signed-in',
    load: async () => (await import('../../questions/QuestionPage.tsx')).QuestionPage,
  },
  {
    path: '/faq',
    title: titles.faq,
    access: 'everybody',
    load: async () => (await import('../../questions/FaqPage.tsx')).FaqPage,
  },
  {
    path: '/practices',
    title: titles.practices,
    access: register,
    load: async () => (await import('../../practices/PracticesPage.tsx')).PracticesPage,
  },
  {
    path: '/practices/:practiceId',
    title: titles.practice,
    access: register,
    load: async () => (await import('../../practices/PracticePage.tsx')).PracticePage,
  },
  {
    path: '/outreach',
    title: titles.outreach,
    access: register,
    load: async () => (await import('../../outreach/OutreachPage.tsx')).OutreachPage,
  },
  {
    path: '/outreach/templates',
    title: titles.templates,
    access: ['staff'],
    load: async () => (await import('../../outreach/TemplatesPage.tsx')).TemplatesPage,
  },
  {
    path: '/reports',
    title: titles.reports,
    access: register,
    load: async () => (await import('../../reports/ReportsPage.tsx')).ReportsPage,
  },
  {
    path: '/reports/:periodId',
    title: titles.report,
    access: register,
    load: async () => (await import('../../reports/PeriodPage.tsx')).PeriodPage,
  },
  {
    path: '/reports/:periodId/:clusterId',
    title: titles.report,
    access: ['staff'],
    load: async () => (await import('../../reports/ReportPage.tsx')).ReportPage,
  },
];
