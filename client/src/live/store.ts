import type { SequenceStore } from './client.ts';

/**
 * Keeps the last handled number in the tab's own storage, so that a reloaded page goes on where it was; in memory where the browser
 * forbids storage.
 */
export function createSequenceStore(storage: () => Storage): SequenceStore {
  const memory = new Map<string, number>();
  return {
    read(accountId) {
      const kept = fromStorage(storage, accountId) ?? memory.get(accountId);
      return kept !== undefined && Number.isInteger(kept) && kept >= 0 ? kept : null;
    },
    write(accountId, seq) {
      memory.set(accountId, seq);
      try {
        storage().setItem(keyOf(accountId), String(seq));
      } catch {
        // Private windows may forbid storage: the memory holds the number while the page lives.
      }
    },
  };
}

function keyOf(accountId: string): string {
  return `tandem.live.${accountId}`;
}

function fromStorage(storage: () => Storage, accountId: string): number | undefined {
  try {
    const text = storage().getItem(keyOf(accountId));
    return text === null ? undefined : Number(text);
  } catch {
    return undefined;
  }
}
