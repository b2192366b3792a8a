import type { Draft } from './draft.ts';

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** True where something in the form differs from what is stored. */
export function isChanged(base: Draft, mine: Draft): boolean {
  return !same(base, mine);
}

/**
 * Brings what was typed onto a newer version of the profile: what the reader changed since `base` stays as typed, all else becomes the
 * newer content. `both` names what was changed on both sides, where the reader's stands and should be checked.
 */
export function rebase(base: Draft, mine: Draft, theirs: Draft): { draft: Draft; both: (keyof Draft)[] } {
  const both: (keyof Draft)[] = [];
  const kept: Partial<Draft> = {};
  // The names of a Draft's entries are those of its type.
  for (const field of Object.keys(mine) as (keyof Draft)[]) {
    const value = mine[field];
    if (same(base[field], value)) continue;
    Object.assign(kept, { [field]: value });
    if (!same(base[field], theirs[field]) && !same(theirs[field], value)) both.push(field);
  }
  return { draft: { ...theirs, ...kept }, both };
}
