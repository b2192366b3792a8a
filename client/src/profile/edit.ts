import type { DemoField, Draft } from './draft.ts';

/** Changes the form. `marks`: the demo answers that this edit replaces by the company's own, so that their marks go. */
export type Edit = (change: Partial<Draft>, ...marks: DemoField[]) => void;

/** What every section of the form gets. */
export interface SectionProps {
  draft: Draft;
  edit: Edit;
  /** What was refused, by the field names of the API. */
  errors: Readonly<Record<string, string>>;
}

/** The draft after an edit. */
export function edited(draft: Draft, change: Partial<Draft>, marks: readonly DemoField[]): Draft {
  const demoAnswers = draft.demoAnswers.filter((field) => !marks.includes(field));
  return { ...draft, ...change, demoAnswers };
}

/** `list` with one entry changed. */
export function withEntry<T extends { key: string }>(
  list: readonly T[],
  key: string,
  change: Partial<T>,
): T[] {
  return list.map((entry) => (entry.key === key ? { ...entry, ...change } : entry));
}

/** The message for a field, or for the first entry of a list below it. */
export function errorUnder(errors: Readonly<Record<string, string>>, field: string): string | undefined {
  return errors[field] ?? Object.entries(errors).find(([name]) => name.startsWith(`${field}.`))?.[1];
}
