import type { Declaration, SmeInput } from '../../../server/smes/schema.ts';
import { t } from '../strings/text.ts';
import type { DeclarationDraft, Draft, LinkDraft } from './draft.ts';

/**
 * A figure as people write it: `1200000`, `1 200 000`, `1'200'000`, `1,200,000` and `12.5`. A comma parts thousands and nothing else.
 * null where nothing is typed, NaN where it is no number.
 */
export function parseFigure(typed: string): number | null {
  const plain = typed.trim().replace(/(?<=\d)[\s'’](?=\d)/g, '');
  if (plain === '') return null;
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) return Number(plain.replaceAll(',', ''));
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
}

const orNull = (typed: string): string | null => (typed.trim() === '' ? null : typed.trim());

const listIn = (typed: string): string[] => typed.split(/[\s,;]+/).filter((one) => one !== '');

/** Collects what cannot be sent at all, because it is no number, under the field names of the API. */
class Figures {
  readonly errors: Record<string, string> = {};

  optional(field: string, typed: string): number | null {
    const value = parseFigure(typed);
    if (!Number.isNaN(value)) return value;
    this.errors[field] = t.profile.declaration.noNumber;
    return null;
  }

  needed(field: string, typed: string): number {
    const value = this.optional(field, typed);
    if (value === null && this.errors[field] === undefined) this.errors[field] = t.profile.declaration.needed;
    return value ?? 0;
  }
}

function linkInput(figures: Figures, link: LinkDraft, index: number): Declaration['links'][number] {
  const at = `declaration.links.${index}`;
  return {
    name: link.name,
    share: figures.needed(`${at}.share`, link.share),
    headcount: figures.needed(`${at}.headcount`, link.headcount),
    turnoverEur: figures.optional(`${at}.turnoverEur`, link.turnoverEur),
    balanceSheetEur: figures.optional(`${at}.balanceSheetEur`, link.balanceSheetEur),
  };
}

/** True where nothing was declared: no figure and no link. */
export function isUndeclared(declaration: DeclarationDraft): boolean {
  const { headcount, turnoverEur, balanceSheetEur, links } = declaration;
  return (
    [headcount, turnoverEur, balanceSheetEur].every((typed) => typed.trim() === '') && links.length === 0
  );
}

function declarationInput(figures: Figures, declaration: DeclarationDraft): Declaration | null {
  if (isUndeclared(declaration)) return null;
  return {
    headcount: figures.needed('declaration.headcount', declaration.headcount),
    turnoverEur: figures.optional('declaration.turnoverEur', declaration.turnoverEur),
    balanceSheetEur: figures.optional('declaration.balanceSheetEur', declaration.balanceSheetEur),
    links: declaration.links.map((link, index) => linkInput(figures, link, index)),
    date: declaration.date,
  };
}

/** The body that the API takes, and what in the form cannot be sent (by field name); empty where all can. */
export function inputOf(draft: Draft): { input: SmeInput; errors: Readonly<Record<string, string>> } {
  const figures = new Figures();
  const input: SmeInput = {
    name: draft.name,
    country: draft.country,
    city: orNull(draft.city),
    website: orNull(draft.website),
    languages: draft.languages,
    marketRole: draft.marketRole === '' ? null : draft.marketRole,
    group: orNull(draft.group),
    projects: listIn(draft.projects),
    available: draft.available,
    solutions: draft.solutions.map(({ key: _key, id, ...solution }) => ({
      ...solution,
      ...(id === null ? {} : { id }),
    })),
    needs: draft.needs.map(({ key: _key, id, ...need }) => ({ ...need, ...(id === null ? {} : { id }) })),
    conflicts: draft.conflicts.map(({ id }) => id),
    declaration: declarationInput(figures, draft.declaration),
    confidential: {
      contactName: orNull(draft.contactName),
      contactEmail: orNull(draft.contactEmail),
      contactPhone: orNull(draft.contactPhone),
      notes: draft.notes,
    },
    demoAnswers: draft.demoAnswers,
  };
  return { input, errors: figures.errors };
}
