import type { Connection } from 'mongoose';
import { auditedAccounts } from './accounts/audited.ts';
import type { AuditedThings } from './audit/audit.ts';
import { auditedCalls } from './calls/audited.ts';
import { auditedApplications } from './ambassadors/audited.ts';
import { auditedClusters } from './clusters/audited.ts';
import { auditedConsortia } from './consortia/audited.ts';
import { auditedDemandSide } from './demand-side.ts';
import { auditedEvents } from './events/audited.ts';
import { auditedConsents } from './privacy/audited.ts';
import { auditedMapping } from './mapping/audited.ts';
import { auditedOutcomes } from './outcomes/audited.ts';
import { auditedAnswers } from './suggestions/audited.ts';
import { auditedUseCases } from './use-cases/audited.ts';
import { auditedWeights } from './weights/audited.ts';
import { auditedAnnouncements } from './news/service.ts';
import { auditedCalendar } from './calendar/service.ts';
import { auditedQuestions } from './questions/service.ts';
import { auditedFaq } from './questions/faq.ts';
import { auditedTemplates } from './outreach/service.ts';
import { auditedReports } from './reports/service.ts';
import { auditedPeriods } from './reports/periods.ts';
import { auditedPractices } from './practices/service.ts';

/** What the audit log is compared with. Each feature that records decisions adds how its things stand in the database. */
export function allAudited(connection: Connection): readonly AuditedThings[] {
  return [
    auditedAccounts(connection),
    auditedClusters(connection),
    auditedApplications(connection),
    auditedWeights(connection),
    auditedAnswers(connection),
    auditedConsortia(connection),
    ...auditedCalls(connection),
    ...auditedDemandSide(connection),
    auditedOutcomes(connection),
    auditedEvents(connection),
    auditedConsents(connection),
    auditedMapping(connection),
    auditedUseCases(connection),
    auditedAnnouncements(connection),
    auditedCalendar(connection),
    auditedQuestions(connection),
    auditedFaq(connection),
    auditedTemplates(connection),
    auditedReports(connection),
    auditedPeriods(connection),
    ...auditedPractices(connection),
  ];
}
