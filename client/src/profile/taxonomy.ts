import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { TaxonomyView } from '../../../server/taxonomy/schema.ts';
import { api } from '../api/request.ts';
import { t } from '../strings/text.ts';

export type Facet = TaxonomyView['terms'][number]['facet'];
export type Term = TaxonomyView['terms'][number];

const known = signal<TaxonomyView | null>(null);
const failure = signal<unknown>(null);
let running = false;

async function read(): Promise<void> {
  if (running || known.value !== null) return;
  running = true;
  failure.value = null;
  try {
    known.value = await api.get<TaxonomyView>('/taxonomy');
  } catch (error) {
    failure.value = error;
  } finally {
    running = false;
  }
}

/** The taxonomy with the countries and languages; read once for all pages. */
export function useTaxonomy(): { data: TaxonomyView | null; error: unknown; reload: () => void } {
  useEffect(() => void read(), []);
  return { data: known.value, error: failure.value, reload: () => void read() };
}

/** Label of a term; its id where it is not known. */
export function termLabel(taxonomy: TaxonomyView | null, id: string): string {
  return taxonomy?.terms.find((term) => term.id === id)?.label ?? id;
}

const byLabel = (left: Term, right: Term) => left.label.localeCompare(right.label, 'en');

/**
 * Terms of one facet that fit what is typed, each below its domain: a domain stands first in its group, its narrower terms follow by
 * name. A term fits if every typed word begins a word of its label or of its domain's.
 */
export function findTerms(
  taxonomy: TaxonomyView,
  facet: Facet,
  typed: string,
): { term: Term; group: string }[] {
  const terms = taxonomy.terms.filter((term) => term.facet === facet);
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (text: string) =>
    words.every((word) =>
      text
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .some((part) => part.startsWith(word)),
    );
  const tops = terms.filter((term) => term.broader === null).sort(byLabel);
  const flat = !terms.some((term) => term.broader !== null);
  if (flat) {
    return tops.filter((term) => fits(term.label)).map((term) => ({ term, group: t.common.facets[facet] }));
  }
  return tops.flatMap((top) => {
    const below = terms.filter((term) => term.broader === top.id).sort(byLabel);
    return [top, ...below]
      .filter((term) => fits(`${top.label} ${term.label}`))
      .map((term) => ({ term, group: top.label }));
  });
}
