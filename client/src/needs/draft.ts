import type { NeedInput, NeedView } from '../../../server/needs/schema.ts';

/** A need as it stands in the form: every field as it is typed. */
export interface NeedDraft {
  title: string;
  words: string;
  organisation: string;
  organisationKind: NeedInput['organisationKind'];
  country: string;
  showOrganisation: boolean;
  capabilities: string[];
  technologies: string[];
  fields: string[];
  sectors: string[];
  trlMin: NeedInput['trlMin'];
  trlMax: NeedInput['trlMax'];
  neededBy: string;
  hosts: boolean;
  host: { what: string; where: string; from: string; until: string };
  contactName: string;
  contactEmail: string;
  contactPhone: string;
  notes: string;
}

const NO_HOST = { what: '', where: '', from: '', until: '' };

/** An empty form for this organisation. */
export const emptyNeed = (organisation: string): NeedDraft => ({
  title: '',
  words: '',
  organisation,
  organisationKind: 'integrator',
  country: '',
  showOrganisation: true,
  capabilities: [],
  technologies: [],
  fields: [],
  sectors: [],
  trlMin: null,
  trlMax: null,
  neededBy: '',
  hosts: false,
  host: NO_HOST,
  contactName: '',
  contactEmail: '',
  contactPhone: '',
  notes: '',
});

/** The form of a need that is there. */
export function draftOf(need: NeedView, own: NonNullable<NeedView['own']>): NeedDraft {
  const { title, words, organisationKind, country, trlMin, trlMax, demonstrator } = need;
  const { organisation, showOrganisation, confidential } = own;
  return {
    title,
    words,
    organisation,
    organisationKind,
    country,
    showOrganisation,
    capabilities: [...need.capabilities],
    technologies: [...need.technologies],
    fields: [...need.fields],
    sectors: [...need.sectors],
    trlMin,
    trlMax,
    neededBy: need.neededBy ?? '',
    hosts: demonstrator !== null,
    host: demonstrator
      ? {
          what: demonstrator.what,
          where: demonstrator.where,
          from: demonstrator.from ?? '',
          until: demonstrator.until ?? '',
        }
      : NO_HOST,
    contactName: confidential.contactName ?? '',
    contactEmail: confidential.contactEmail ?? '',
    contactPhone: confidential.contactPhone ?? '',
    notes: confidential.notes,
  };
}

const orNull = (typed: string): string | null => (typed.trim() === '' ? null : typed);

/** What is sent of a form. */
export function inputOf(draft: NeedDraft): NeedInput {
  const { neededBy, hosts, host, contactName, contactEmail, contactPhone, notes, ...rest } = draft;
  return {
    ...rest,
    neededBy: orNull(neededBy),
    demonstrator: hosts
      ? { what: host.what, where: host.where, from: orNull(host.from), until: orNull(host.until) }
      : null,
    confidential: {
      contactName: orNull(contactName),
      contactEmail: orNull(contactEmail),
      contactPhone: orNull(contactPhone),
      notes,
    },
  };
}
