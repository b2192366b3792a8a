import { t } from '../../strings/text.ts';
import type { PageRoute } from '../page.ts';

const titles = t.shell.pages;

/** Signing in, one’s own account and data, and the API reference. */
export const entryRoutes: readonly PageRoute[] = [
  {
    path: '/sign-in',
    title: titles.signIn,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../../accounts/SignInPage.tsx')).SignInPage,
  },
  {
    path: '/setup',
    title: titles.setUp,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../../accounts/SetUpPage.tsx')).SetUpPage,
  },
  {
    path: '/invitation',
    title: titles.invitation,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../../accounts/InvitationPage.tsx')).InvitationPage,
  },
  {
    path: '/unsubscribe/:kind/:accountId/:token',
    title: titles.unsubscribe,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../../accounts/UnsubscribePage.tsx')).UnsubscribePage,
  },
  {
    path: '/forgot-password',
    title: titles.forgotPassword,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../../accounts/ForgotPasswordPage.tsx')).ForgotPasswordPage,
  },
  {
    path: '/password-reset',
    title: titles.passwordReset,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../../accounts/PasswordResetPage.tsx')).PasswordResetPage,
  },
  {
    path: '/api/docs',
    title: titles.reference,
    access: 'everybody',
    load: async () => (await import('../../reference/ReferencePage.tsx')).ReferencePage,
  },
  {
    path: '/my-data',
    title: titles.myData,
    access: 'signed-in',
    load: async () => (await import('../../privacy/MyDataPage.tsx')).MyDataPage,
  },
  {
    path: '/retention',
    title: titles.retention,
    access: ['staff'],
    load: async () => (await import('../../privacy/RetentionPage.tsx')).RetentionPage,
  },
  {
    path: '/record-of-processing',
    title: titles.processingRecord,
    access: ['staff'],
    load: async () => (await import('../../privacy/ProcessingRecordPage.tsx')).ProcessingRecordPage,
  },
  {
    path: '/account',
    title: titles.account,
    access: 'signed-in',
    load: async () => (await import('../../accounts/AccountPage.tsx')).AccountPage,
  },
];
