/** One field of a state that differs, as text; null: it was not there. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

type State = Readonly<Record<string, unknown>>;

/** Counters that only say that something changed. */
const COUNTERS = new Set(['revision', 'version']);

function textOf(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Fields of a state by their path, such as `details.leadSmeId`; lists stay whole. */
function flat(state: State, prefix = ''): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [key, value] of Object.entries(state)) {
    const path = `${prefix}${key}`;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [name, text] of flat(value as State, `${path}.`)) fields.set(name, text);
    } else if (!COUNTERS.has(key)) {
      fields.set(path, textOf(value));
    }
  }
  return fields;
}

/** What differs between two states of a thing, in the order of the later one; counters are left out. */
export function changesBetween(before: State | null, after: State | null): FieldChange[] {
  const [was, is] = [flat(before ?? {}), flat(after ?? {})];
  const fields = [...new Set([...is.keys(), ...was.keys()])];
  return fields.flatMap((field) => {
    const [old, now] = [was.get(field) ?? null, is.get(field) ?? null];
    return old === now ? [] : [{ field, before: old, after: now }];
  });
}
