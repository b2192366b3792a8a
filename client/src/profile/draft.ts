import type { NeedView, SmeView, SolutionView } from '../../../server/smes/schema.ts';
import type { z } from 'zod';
import type { demoFieldSchema } from '../../../server/smes/schema.ts';

export type DemoField = z.infer<typeof demoFieldSchema>;
type Trl = SolutionView['trl'];
type Phase = SolutionView['phases'][number];

/** Taxonomy terms by facet, as ids. */
export interface Terms {
  capabilities: string[];
  technologies: string[];
  fields: string[];
  sectors: string[];
}
/** A solution while it is edited; `key` tells list entries apart and is never sent. */
export interface SolutionDraft extends Terms {
  key: string;
  id: string | null;
  title: string;
  offer: string;
  trl: Trl;
  phases: Phase[];
}
export interface NeedDraft extends Terms {
  key: string;
  id: string | null;
  words: string;
  trlMin: Trl;
  trlMax: Trl;
}
export interface LinkDraft {
  key: string;
  name: string;
  share: string;
  headcount: string;
  turnoverEur: string;
  balanceSheetEur: string;
}
/** Figures are kept as they were typed. */
export interface DeclarationDraft {
  headcount: string;
  turnoverEur: string;
  balanceSheetEur: string;
  date: string;
  links: LinkDraft[];
}

/** A whole profile as it stands in the form. */
export interface Draft {
  name: string;
  country: string;
  city: string;
  website: string;
  languages: string[];
  marketRole: '' | 'security-market' | 'deep-tech';
  group: string;
  /** Numbers of projects as they were typed. */
  projects: string;
  available: boolean;
  solutions: SolutionDraft[];
  needs: NeedDraft[];
  conflicts: { id: string; name: string }[];
  declaration: DeclarationDraft;
  contactName: string;
  contactEmail: string;
  contactPhone: string;
  notes: string;
  demoAnswers: DemoField[];
}

let made = 0;
function newKey(): string {
  made += 1;
  return `new-${made}`;
}
const noTerms = (): Terms => ({ capabilities: [], technologies: [], fields: [], sectors: [] });

export const emptySolution = (): SolutionDraft => ({
  key: newKey(),
  id: null,
  title: '',
  offer: '',
  trl: null,
  phases: [],
  ...noTerms(),
});
export const emptyNeed = (): NeedDraft => ({
  key: newKey(),
  id: null,
  words: '',
  trlMin: null,
  trlMax: null,
  ...noTerms(),
});
export const emptyLink = (): LinkDraft => ({
  key: newKey(),
  name: '',
  share: '',
  headcount: '',
  turnoverEur: '',
  balanceSheetEur: '',
});
/** @param date the day that a new declaration is proposed for, ISO 8601 */
const emptyDeclaration = (date: string): DeclarationDraft => ({
  headcount: '',
  turnoverEur: '',
  balanceSheetEur: '',
  date,
  links: [],
});

/** A profile of which nothing is known yet. */
export function emptyDraft(today: string): Draft {
  return {
    name: '',
    country: '',
    city: '',
    website: '',
    languages: [],
    marketRole: '',
    group: '',
    projects: '',
    available: true,
    solutions: [],
    needs: [],
    conflicts: [],
    declaration: emptyDeclaration(today),
    contactName: '',
    contactEmail: '',
    contactPhone: '',
    notes: '',
    demoAnswers: [],
  };
}

const figure = (value: number | null): string => (value === null ? '' : String(value));
const termsOf = (item: SolutionView | NeedView): Terms => ({
  capabilities: [...item.capabilities],
  technologies: [...item.technologies],
  fields: [...item.fields],
  sectors: [...item.sectors],
});

function declarationDraft(own: NonNullable<SmeView['own']>, today: string): DeclarationDraft {
  const { declaration } = own;
  if (declaration === null) return emptyDeclaration(today);
  return {
    headcount: figure(declaration.headcount),
    turnoverEur: figure(declaration.turnoverEur),
    balanceSheetEur: figure(declaration.balanceSheetEur),
    date: declaration.date,
    links: declaration.links.map((link, index) => ({
      key: `link-${index}`,
      name: link.name,
      share: figure(link.share),
      headcount: figure(link.headcount),
      turnoverEur: figure(link.turnoverEur),
      balanceSheetEur: figure(link.balanceSheetEur),
    })),
  };
}

/** The form's content for a stored profile. The same profile gives an equal draft, so that changes can be told by comparing. */
export function draftOf(sme: SmeView, own: NonNullable<SmeView['own']>, today: string): Draft {
  const { confidential } = own;
  return {
    name: sme.name,
    country: sme.country,
    city: sme.city ?? '',
    website: sme.website ?? '',
    languages: [...sme.languages],
    marketRole: sme.marketRole ?? '',
    group: own.group ?? '',
    projects: sme.projects.join(', '),
    available: sme.available,
    solutions: sme.solutions.map((solution) => ({
      key: solution.id,
      id: solution.id,
      title: solution.title,
      offer: solution.offer,
      trl: solution.trl,
      phases: [...solution.phases],
      ...termsOf(solution),
    })),
    needs: sme.needs.map((need) => ({
      key: need.id,
      id: need.id,
      words: need.words,
      trlMin: need.trlMin,
      trlMax: need.trlMax,
      ...termsOf(need),
    })),
    conflicts: own.conflicts.map(({ id, name }) => ({ id, name })),
    declaration: declarationDraft(own, today),
    contactName: confidential.contactName ?? '',
    contactEmail: confidential.contactEmail ?? '',
    contactPhone: confidential.contactPhone ?? '',
    notes: confidential.notes,
    demoAnswers: [...sme.demoAnswers],
  };
}
