import { signal } from '@preact/signals';
import { NetworkLost } from '../api/problem.ts';
import { api } from '../api/request.ts';

/*
 * Problem: in a full hall a phone loses its network for a minute, and what its owner tapped must neither be lost nor be done twice.
 * Method: an action that finds no network is kept in the browser and sent, in order, when the line is back; it is struck off once the
 * server has answered, whatever the answer. All actions say how a thing should be ('this is my answer'), so one that reached the server
 * although its reply was lost does no harm when it comes again.
 */

/** Something to send: how a thing should be. */
export interface Action {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** What it is about: of two that wait about the same thing the later one counts. */
  readonly about: string;
}

/** Where waiting actions are kept, so that they outlive the window. */
export interface ActionStore {
  read(): readonly Action[];
  write(actions: readonly Action[]): void;
}

export interface Outbox {
  /** How many actions wait for the network. */
  readonly waiting: { readonly value: number };
  /** Sends an action, or keeps it. @returns 'sent' or 'kept' @throws ApiProblem where the server refuses */
  act(action: Action): Promise<'sent' | 'kept'>;
  /** Sends what waits, in order; stops at the first that finds no network. `onRefused` hears of each that the server refused. */
  flush(onRefused: (error: unknown) => void): Promise<void>;
}

export type SendAction = (action: Action) => Promise<void>;

export function createOutbox(store: ActionStore, send: SendAction): Outbox {
  let actions = [...store.read()];
  const waiting = signal(actions.length);
  let flushing: Promise<void> | null = null;

  function keep(next: readonly Action[]): void {
    actions = [...next];
    waiting.value = actions.length;
    store.write(actions);
  }

  async function sendAll(onRefused: (error: unknown) => void): Promise<void> {
    for (let first = actions[0]; first !== undefined; first = actions[0]) {
      try {
        await send(first);
      } catch (error) {
        if (error instanceof NetworkLost) return;
        onRefused(error);
      }
      const sent = first;
      keep(actions.filter((action) => action !== sent));
    }
  }

  return {
    waiting,
    async act(action) {
      // What waits goes first, so that the order is kept.
      if (actions.length === 0) {
        try {
          await send(action);
          return 'sent';
        } catch (error) {
          if (!(error instanceof NetworkLost)) throw error;
        }
      }
      keep([...actions.filter(({ about }) => about !== action.about), action]);
      return 'kept';
    },
    flush(onRefused) {
      flushing ??= sendAll(onRefused).finally(() => {
        flushing = null;
      });
      return flushing;
    },
  };
}

const KEY = 'tandem.outbox';

/** Actions in the browser's storage, for one account; a browser without storage keeps them as long as the window lives. */
export function browserStore(accountId: string): ActionStore {
  const key = `${KEY}.${accountId}`;
  let memory: readonly Action[] = [];
  return {
    read() {
      try {
        const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
        // Written below by this same code, for this origin alone.
        return Array.isArray(kept) ? (kept as Action[]) : [];
      } catch {
        // No storage, or not ours: nothing waits.
        return memory;
      }
    },
    write(actions) {
      memory = actions;
      try {
        localStorage.setItem(key, JSON.stringify(actions));
      } catch {
        // Storage is full or forbidden: they wait in memory.
      }
    },
  };
}

/** Sends one action to the API. */
export const sendAction: SendAction = async ({ method, path, body }) => {
  if (method === 'DELETE') await api.remove(path);
  else if (method === 'PUT') await api.put(path, body);
  else await api.post(path, body);
};
