import type { Connection } from 'mongoose';
import type { AccountsFeature } from './accounts/feature.ts';
import { createPeople } from './accounts/people.ts';
import { toViewer } from './accounts/service.ts';
import { createAudience } from './audience/audience.ts';
import type { Audit } from './audit/audit.ts';
import type { CallDates } from './calendar/entries.ts';
import { programmeCalendarRoutes } from './calendar/routes.ts';
import { createCalendarService } from './calendar/service.ts';
import type { ClusterService } from './clusters/service.ts';
import type { Address } from './http/address.ts';
import type { Route } from './http/route.ts';
import type { Task } from './jobs/service.ts';
import type { Live } from './live/live.ts';
import type { MailKind } from './mail/schema.ts';
import { unsubscribeUrls, type UnsubscribeUrls } from './mail/unsubscribe.ts';
import { unsubscribeRoutes } from './mail/unsubscribe-routes.ts';
import { createMailChoices, mailChoicesRoutes, type MailChoicesStore } from './mail/choices.ts';
import type { Mail } from './mail/mailer.ts';
import type { Post } from './mail/post.ts';
import type { PersonalData } from './privacy/personal-data.ts';
import { newsRoutes } from './news/routes.ts';
import { createNewsService } from './news/service.ts';
import { createTelling } from './news/telling.ts';
import { outreachRoutes } from './outreach/routes.ts';
import { createOutreachService, type KitCall } from './outreach/service.ts';
import { practiceRoutes } from './practices/routes.ts';
import { createPracticeService } from './practices/service.ts';
import { createFaqService } from './questions/faq.ts';
import { faqRoutes, questionRoutes } from './questions/routes.ts';
import { createQuestionService } from './questions/service.ts';
import { createQuestionTelling } from './questions/telling.ts';
import { createPeriodService } from './reports/periods.ts';
import { createPrefill } from './reports/prefill.ts';
import { createReminders } from './reports/reminders.ts';
import { periodRoutes, reportRoutes } from './reports/routes.ts';
import { createReportService } from './reports/service.ts';
import { createReportTelling } from './reports/telling.ts';
import type { SmeService } from './smes/service.ts';
import type { TaxonomyService } from './taxonomy/service.ts';

export interface CommunicationDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly accounts: Pick<AccountsFeature, 'service'>;
  readonly clusters: Pick<ClusterService, 'names'>;
  readonly smes: Pick<SmeService, 'cards'>;
  readonly taxonomy: Pick<TaxonomyService, 'countryName'>;
  readonly live: Pick<Live, 'notify'>;
  readonly post: Post;
  readonly address: Address;
  readonly secrets: readonly string[];
  /** Calls that there is something to tell of, the one in force first. */
  readonly calls: () => Promise<readonly (KitCall & CallDates)[]>;
  /** How many SMEs are registered, and of how many countries. */
  readonly extent: () => Promise<{ readonly smes: number; readonly countries: number }>;
}

/** News, calendar, questions, good practice, the outreach kit and light reports, put together. */
export interface Communication {
  readonly routes: readonly Route[];
  readonly tasks: readonly Task[];
  readonly mailChoices: MailChoicesStore;
  /** Addresses that end a kind of mail for an account. */
  readonly unsubscribe: (accountId: string, kind: MailKind) => UnsubscribeUrls;
  readonly personalData: readonly PersonalData[];
}

export function createCommunication(deps: CommunicationDeps): Communication {
  const { connection, clock, audit, live, accounts } = deps;
  const publicUrl = () => deps.address.publicUrl();
  const send = (mail: Mail) => {
    deps.post.send(mail);
  };
  const audience = createAudience(connection);
  const people = createPeople(connection);
  const mailChoices = createMailChoices(connection);
  const telling = { accounts: accounts.service, people, live, choices: mailChoices, send, publicUrl };

  const unsubscribing = { secrets: deps.secrets, publicUrl };
  const unsubscribe = (accountId: string, kind: MailKind) =>
    unsubscribeUrls(unsubscribing, { accountId, kind });
  const newsTelling = createTelling({
    connection,
    unsubscribe: (accountId) => unsubscribe(accountId, 'news'),
    clock,
    audience,
    live,
    mail: mailChoices,
    send,
    publicUrl,
    audit,
  });
  const news = createNewsService({
    connection,
    clock,
    audience,
    audit,
    tellDue: () => newsTelling.tellDue(),
  });
  const calendar = createCalendarService({
    connection,
    clock,
    audience,
    audit,
    secrets: deps.secrets,
    publicUrl,
    calls: deps.calls,
    async viewerOf(accountId) {
      const account = await accounts.service.find(accountId);
      return account?.state === 'active' ? toViewer(account) : null;
    },
  });
  const questions = createQuestionService({
    connection,
    clock,
    audit,
    people,
    async organisations({ clusterIds, smeIds }) {
      const [clusters, smes] = await Promise.all([deps.clusters.names(clusterIds), deps.smes.cards(smeIds)]);
      return new Map([...clusters, ...[...smes].map(([id, { name }]) => [id, name] as const)]);
    },
    changed: createQuestionTelling(telling),
  });
  const faq = createFaqService({ connection, clock, audit, questions });
  const practices = createPracticeService({
    connection,
    clock,
    audit,
    people,
    clusterNames: (ids) => deps.clusters.names(ids),
  });
  const outreach = createOutreachService({
    connection,
    clock,
    audit,
    calls: deps.calls,
    countryName: (code) => deps.taxonomy.countryName(code),
    extent: () => deps.extent(),
    publicUrl,
  });
  const periods = createPeriodService({ connection, clock, audit });
  const reports = createReportService({
    connection,
    clock,
    audit,
    periods,
    prefill: createPrefill({
      connection,
      posts: (...span) => practices.writtenByCluster(...span),
      questions: (...span) => questions.askedByCluster(...span),
    }),
    changed: createReportTelling(telling),
  });
  const reminders = createReminders({ connection, clock, ...telling });

  return {
    mailChoices,
    unsubscribe,
    routes: [
      ...newsRoutes(news),
      ...programmeCalendarRoutes(calendar),
      ...questionRoutes(questions),
      ...faqRoutes(faq),
      ...practiceRoutes(practices),
      ...outreachRoutes(outreach),
      ...periodRoutes(periods),
      ...reportRoutes(reports),
      ...mailChoicesRoutes(mailChoices),
      ...unsubscribeRoutes({ ...unsubscribing, choices: mailChoices, people }),
    ],
    tasks: [
      {
        name: 'announcements',
        title: 'Announcements that are due',
        what: 'Tells everybody of announcements whose hour has come: clusters first, where there is an embargo.',
        schedule: 'every minute',
        cron: '* * * * *',
        async run() {
          const count = await newsTelling.tellDue();
          return count === 1 ? '1 announcement was due.' : `${count} announcements were due.`;
        },
      },
      {
        name: 'report-reminders',
        title: 'Reminders of light reports',
        what: 'Reminds clusters of their report a week before it is due, on the day, and a week after; each once.',
        schedule: 'every day at 06:00 UTC',
        cron: '0 6 * * *',
        async run() {
          const count = await reminders.remindDue();
          return count === 1 ? '1 cluster reminded.' : `${count} clusters reminded.`;
        },
      },
    ],
    personalData: [
      news.personalData,
      questions.personalData,
      faq.personalData,
      practices.personalData,
      mailChoices.personalData,
    ],
  };
}
