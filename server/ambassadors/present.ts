import type { ApplicationRecord } from './model.ts';
import type { ApplicationCard, ApplicationView, OwnApplication, ScorePart } from './schema.ts';

/** What the applicant and the team both see; the contact is added by whoever may see it. */
function commonFields(application: ApplicationRecord) {
  const { verdict, decisionReason, decidedAt } = application;
  return {
    name: application.name,
    country: application.country,
    region: application.region,
    website: application.website,
    members: application.members,
    audience: application.audience,
    eventsPerYear: application.eventsPerYear,
    outreach: application.outreach,
    involvement: application.involvement,
    projects: application.projects,
    motivation: application.motivation,
    version: application.version,
    state: application.state,
    createdAt: application.createdAt.toISOString(),
    submittedAt: application.submittedAt?.toISOString() ?? null,
    decision:
      verdict === null || decidedAt === null
        ? null
        : { verdict, reason: decisionReason, at: decidedAt.toISOString() },
    messages: application.messages.map(({ by, at, text }) => ({ by, at: at.toISOString(), text })),
  };
}

/** Points in words: half of what a criterion is worth counts as much. */
function levelOf({ points, max }: ScorePart): 'none' | 'some' | 'much' {
  if (points === 0) return 'none';
  return 2 * points >= max ? 'much' : 'some';
}

/** An application for whoever holds its link. */
export function presentOwn(application: ApplicationRecord): OwnApplication {
  return {
    ...commonFields(application),
    contactName: application.contactName ?? '',
    contactEmail: application.contactEmail ?? '',
    criteria: application.parts.map((part) => ({
      criterion: part.criterion,
      level: levelOf(part),
      reason: part.reason,
    })),
  };
}

/** A line of the team's queue. */
export function presentCard(application: ApplicationRecord): ApplicationCard {
  const { reviewerId, reviewerName } = application;
  return {
    id: application._id,
    name: application.name,
    country: application.country,
    region: application.region,
    state: application.state,
    score: application.score,
    scoreMax: application.scoreMax,
    comesFirst: application.parts.some(({ criterion, points }) => criterion === 'country' && points > 0),
    reviewer: reviewerId === null ? null : { id: reviewerId, name: reviewerName ?? '' },
    submittedAt: application.submittedAt?.toISOString() ?? null,
  };
}

/** An application in full, for the team. */
export function presentApplication(
  application: ApplicationRecord,
  alike: ApplicationView['alike'],
): ApplicationView {
  return {
    ...commonFields(application),
    ...presentCard(application),
    contactName: application.contactName,
    contactEmail: application.contactEmail,
    parts: application.parts.map(({ criterion, points, max, reason }) => ({
      criterion,
      points,
      max,
      reason,
    })),
    consent: { version: application.consentVersion, at: application.consentAt.toISOString() },
    alike,
    clusterId: application.clusterId,
  };
}
