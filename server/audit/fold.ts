import { z } from 'zod';
import { canonicalJson } from '../../matching/canonical.ts';
import type { AuditedThings } from './audit.ts';
import type { AuditRecord } from './model.ts';

/** What the log needs of an entry to say how a thing stands. */
export type FoldedEntry = Pick<AuditRecord, 'kind' | 'thingId' | 'before' | 'after'>;

/** How a thing stands by its entries: the text of its state; null: it is gone. */
interface Standing {
  readonly text: string | null;
  readonly revision: number | null;
}

/** A thing of which the log and the database say different things; null: it is not there. */
export interface Difference {
  readonly kind: string;
  readonly id: string;
  readonly logged: string | null;
  readonly stored: string | null;
}

const numbered = z.object({
  revision: z.number().int().optional(),
  version: z.number().int().optional(),
});

/** The number by which the states of a thing follow each other; null: they have none, and the entries' own order counts. */
function revisionOf(text: string | null): number | null {
  if (text === null) return null;
  const parsed = numbered.safeParse(JSON.parse(text));
  return parsed.success ? (parsed.data.revision ?? parsed.data.version ?? null) : null;
}

/**
 * Plays entries of the log, in their order, and keeps how each thing stands. An entry that was overtaken (a change is made first and
 * written down right after, so two changes of one moment may be written down in the other order) does not bring back an older state.
 */
export class Fold {
  readonly #kinds = new Map<string, Map<string, Standing>>();

  add({ kind, thingId, before, after }: FoldedEntry): void {
    const things = this.#kinds.get(kind) ?? new Map<string, Standing>();
    this.#kinds.set(kind, things);
    const known = things.get(thingId);
    // What is gone comes back only by an entry that says it was not there.
    if (known?.text === null && before !== null) return;
    const revision = revisionOf(after);
    if (after !== null && known?.text !== null && isOvertaken(revision, known?.revision ?? null)) return;
    things.set(thingId, { text: after, revision });
  }

  /** Texts of the states of all things of a kind that are there. */
  states(kind: string): ReadonlyMap<string, string> {
    const there = new Map<string, string>();
    for (const [id, { text }] of this.#kinds.get(kind) ?? []) if (text !== null) there.set(id, text);
    return there;
  }

  /** What the log and a feature's own records say differently, by id. */
  async differences(things: AuditedThings): Promise<Difference[]> {
    const { kind } = things;
    const logged = this.states(kind);
    const stored = await things.states();
    const found: Difference[] = [];
    for (const [id, state] of stored) {
      const text = canonicalJson(state);
      if (logged.get(id) !== text) found.push({ kind, id, logged: logged.get(id) ?? null, stored: text });
    }
    for (const [id, text] of logged) {
      if (!stored.has(id)) found.push({ kind, id, logged: text, stored: null });
    }
    return found.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }
}

const isOvertaken = (revision: number | null, known: number | null): boolean =>
  revision !== null && known !== null && revision < known;
