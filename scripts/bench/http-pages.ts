import { BENCH_DEALINGS } from './http-dealings.ts';
import { BENCH_IDS, type BENCH_ROLES } from './http-data.ts';

export type Role = (typeof BENCH_ROLES)[number];

/** What a page asks. */
export interface Question {
  readonly as: Role;
  readonly path: string;
  /** How often it is asked in the mix, beside the others. */
  readonly share: number;
}

const { cluster, sme, solution, event, call, need } = BENCH_IDS;
const { practice, period, upload } = BENCH_DEALINGS;
const ask = (as: Role, share: number, ...paths: readonly string[]): Question[] =>
  paths.map((path) => ({ as, path, share }));

/**
 * What the pages of each role ask: lists with their searches, filters and sorts, single things, and what is counted over everything. In the
 * mix most requests are of SMEs, and what every page asks or what is looked at first comes more often than filters and settings.
 */
export const QUESTIONS: readonly Question[] = [
  ...ask('sme', 20, `/smes/${sme}/partners`, '/session', '/announcements/unread'),
  ...ask(
    'sme',
    8,
    '/smes?limit=24',
    '/smes?limit=24&q=company+12',
    `/smes/${sme}`,
    '/mapping/solutions?limit=24',
  ),
  ...ask('sme', 8, '/mapping/solutions?limit=24&q=intrusion+detection', '/mapping/facets', '/needs?limit=24'),
  ...ask('sme', 4, '/smes?limit=24&q=a', '/smes?limit=24&country=FR', '/smes?limit=24&q=cyber&country=FR'),
  ...ask('sme', 4, '/smes?limit=24&sort=country', '/smes?limit=24&sort=updated', '/clusters?limit=24'),
  ...ask('sme', 4, '/needs?limit=24&sort=fit', '/needs?limit=24&q=security', `/needs/${need}`, '/call'),
  ...ask('sme', 4, '/mapping/solutions?limit=24&q=securty', '/mapping/facets?q=security'),
  ...ask('sme', 4, '/mapping/solutions?limit=24&q=security&sort=trl&countries=FR;DE', '/mapping/matrix'),
  ...ask('sme', 4, `/mapping/solutions/${sme}/${solution}`, '/use-cases', '/announcements', '/consortia'),
  ...ask('sme', 2, '/interests', '/faq', '/questions', '/calendar', `/events/${event}`, '/challenges'),
  ...ask(
    'sme',
    1,
    '/privacy/consents',
    '/account/mail',
    '/account/sessions',
    '/taxonomy',
    `/smes/${sme}/answers`,
  ),
  ...ask('cluster', 8, `/clusters/${cluster}/members?limit=25`, '/announcements'),
  ...ask('cluster', 4, `/clusters/${cluster}/members?limit=25&q=a`, '/coverage', '/consortia', '/funnel'),
  ...ask('cluster', 2, '/coverage/countries/FR', '/imports', '/invitations', '/practices', '/report-periods'),
  ...ask(
    'cluster',
    2,
    '/needs?limit=24',
    '/outreach-kit',
    '/questions',
    `/clusters/${cluster}`,
    '/clusters?q=bench',
  ),
  ...ask('demand', 4, '/needs?limit=24&sort=title', '/needs?limit=24&country=FR', `/needs/${need}/answers`),
  ...ask('demand', 2, '/needs?limit=24&mine=true', '/interests', '/needs?limit=24&sort=needed-by'),
  ...ask('staff', 4, '/events', `/events/${event}`, `/events/${event}/meetings?limit=50`, '/funnel'),
  ...ask(
    'staff',
    2,
    '/audit?limit=50',
    '/audit?limit=50&kind=sme',
    '/audit?limit=50&sort=oldest',
    '/audit/choices',
  ),
  ...ask('staff', 2, '/audit?limit=50&action=sme.register&from=2025-06-01&to=2025-12-31', '/accounts'),
  ...ask('staff', 2, '/accounts?role=sme', '/accounts?q=bench', '/invitations', '/smes?limit=24&q=company'),
  ...ask(
    'staff',
    2,
    '/ambassador-applications',
    '/questions',
    '/consortia',
    '/needs?limit=24',
    '/needs/gaps',
  ),
  ...ask(
    'staff',
    1,
    '/calls',
    '/runs',
    '/plan-runs',
    '/jobs',
    '/weights',
    '/weights/history',
    '/challenges',
    '/report-periods',
  ),
  ...ask(
    'staff',
    1,
    `/calls/${call}`,
    `/calls/${call}/outcomes`,
    `/calls/${call}/access`,
    `/calls/${call}/eligibility?smeId=${sme}`,
  ),
  ...ask(
    'staff',
    1,
    `/funnel?callId=${call}`,
    '/funnel.csv',
    '/coverage/coverage.csv',
    `/calls/${call}/results.csv`,
  ),
  ...ask('staff', 1, '/privacy/retention', '/privacy/record', '/imports', '/practices', '/interests'),
  ...ask('cluster', 2, `/practices/${practice}/comments`),
  ...ask('staff', 2, `/events/${event}/participants`, `/events/${event}/history`, `/imports/${upload}/rows`),
  ...ask(
    'staff',
    1,
    `/calls/${call}/versions`,
    `/report-periods/${period}/reports`,
    `/events/${event}/badges`,
  ),
];
