import type { ApplicationInput } from '../../../server/ambassadors/schema.ts';

/** The form as it is typed: figures are text until they are sent. */
export interface ApplicationDraft extends Omit<
  ApplicationInput,
  'members' | 'audience' | 'eventsPerYear' | 'region'
> {
  region: string;
  members: string;
  audience: string;
  eventsPerYear: string;
}

export const emptyDraft: ApplicationDraft = {
  name: '',
  country: '',
  region: '',
  website: '',
  contactName: '',
  contactEmail: '',
  members: '',
  audience: '',
  eventsPerYear: '',
  outreach: '',
  involvement: 'none',
  projects: '',
  motivation: '',
};

/** What was sent before, to go on with. */
export function draftOf(application: Omit<ApplicationInput, never>): ApplicationDraft {
  const { members, audience, eventsPerYear, region } = application;
  return {
    name: application.name,
    country: application.country,
    region: region ?? '',
    website: application.website,
    contactName: application.contactName,
    contactEmail: application.contactEmail,
    members: String(members),
    audience: String(audience),
    eventsPerYear: String(eventsPerYear),
    outreach: application.outreach,
    involvement: application.involvement,
    projects: application.projects,
    motivation: application.motivation,
  };
}

/** What is sent; a figure that is no number goes as it is, and the server says so beside its field. */
export function inputOf(draft: ApplicationDraft): unknown {
  const figure = (typed: string): number | string => {
    const plain = typed.replace(/[\s,.]/g, '');
    return /^\d+$/.test(plain) ? Number(plain) : typed;
  };
  return {
    ...draft,
    region: draft.region.trim() === '' ? null : draft.region,
    members: figure(draft.members),
    audience: figure(draft.audience),
    eventsPerYear: figure(draft.eventsPerYear),
  };
}
