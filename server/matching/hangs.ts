import type { CallName, Calls } from './messages.ts';

/** Times that one call may make the engine hang before it is refused. */
const MOST = 2;
/** Calls remembered at most. */
const REMEMBERED = 1_000;

/** The engine's thread gave no sign of life while it had work to do, and was ended. */
export class HangError extends Error {
  override readonly name = 'HangError';
  /** The call that it worked on; null where that is not known. */
  readonly kind: CallName | null;

  constructor(kind: CallName | null, hangMs: number) {
    super(
      `The engine's thread was ended: no sign of life for ${hangMs / 1_000} s in '${kind ?? 'no call'}'.`,
    );
    this.kind = kind;
  }
}

/**
 * Which calls made the engine hang. The engine is started again each time; a call that stopped it twice would only do so again, and take
 * it away from everybody else.
 */
export class Hangs {
  readonly #counts = new Map<string, number>();

  note<K extends CallName>(kind: K, ask: Calls[K]['ask']): void {
    const key = keyOf(kind, ask);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > REMEMBERED && oldest !== undefined) this.#counts.delete(oldest);
  }

  refuses<K extends CallName>(kind: K, ask: Calls[K]['ask']): boolean {
    return this.#counts.size > 0 && (this.#counts.get(keyOf(kind, ask)) ?? 0) >= MOST;
  }

  /** Everything may be tried again. */
  forget(): void {
    this.#counts.clear();
  }
}

const keyOf = <K extends CallName>(kind: K, ask: Calls[K]['ask']): string => JSON.stringify([kind, ask]);
