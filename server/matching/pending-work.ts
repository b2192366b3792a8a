import type { SmeId } from '../../matching/types.ts';
import type { Cause, Progress } from '../live/protocol.ts';

/** Somebody who waits until certain work is done. */
export interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** What the matcher has to do next. Requests that come in quick succession are joined into one. */
export class PendingWork {
  readonly profiles = new Set<SmeId>();
  readonly waiters: Waiter[] = [];
  readonly progressListeners: ((progress: Progress) => void)[] = [];
  rebuild = false;
  weights = false;
  call = false;
  readonly #causes = new Set<Cause>();

  addProfiles(ids: readonly SmeId[], cause: Cause): void {
    for (const id of ids) this.profiles.add(id);
    this.#causes.add(cause);
  }

  /** Why the profiles changed: the one reason, or 'pool' where several things were joined. */
  get cause(): Cause {
    const [first, ...others] = this.#causes;
    return first !== undefined && others.length === 0 ? first : 'pool';
  }

  resolve(): void {
    for (const waiter of this.waiters) waiter.resolve();
  }

  reject(error: Error): void {
    for (const waiter of this.waiters) waiter.reject(error);
  }
}
