import { signal, type ReadonlySignal } from '@preact/signals';
import type {
  CatchUpReply,
  LiveEvent,
  PresenceNews,
  Progress,
  ServerToClient,
} from '../../../server/live/protocol.ts';
import { nextStep, startSequence, type SequenceInput } from './sequence.ts';

export type EventKind = LiveEvent['kind'];
export type EventOf<K extends EventKind> = Extract<LiveEvent, { kind: K }>;
export type EndReason = Parameters<ServerToClient['session-ended']>[0];
/** connecting: not yet once; live: connected; reconnecting: trying again; offline: the browser says there is no network. */
export type LiveState = 'off' | 'connecting' | 'live' | 'reconnecting' | 'offline';

/** What the live client hears from the wire. */
export interface TransportListener {
  connected(): void;
  disconnected(online: boolean): void;
  event(event: LiveEvent): void;
  progress(progress: Progress): void;
  presence(news: PresenceNews): void;
  ended(reason: EndReason): void;
}
/** The wire, so that the client can be tested without one. */
export interface Transport {
  /** Asks for the events after `since`; null where the server refused or did not answer in time. */
  catchUp(since: number): Promise<CatchUpReply | null>;
  close(): void;
}
export type OpenTransport = (listener: TransportListener) => Transport;

/** Where the number of the last handled event is kept while the tab lives. */
export interface SequenceStore {
  read(accountId: string): number | null;
  write(accountId: string, seq: number): void;
}

export interface LiveClient {
  readonly state: ReadonlySignal<LiveState>;
  /** Long tasks of this account by name, such as `import:<id>`, until they are done. */
  readonly progress: ReadonlySignal<ReadonlyMap<string, Progress>>;
  /** Opens the line for this account; the returned function closes it. */
  start: (accountId: string) => () => void;
  /** Calls the handler for each event of this kind, once and in order, until the returned function is called. */
  onEvent: <K extends EventKind>(kind: K, handler: (event: EventOf<K>) => void) => () => void;
  /** Calls the handler when somebody came to an event or left, for staff; what is missed is in the next one. */
  onPresence: (handler: (news: PresenceNews) => void) => () => void;
  /** Calls the handler when events were missed for good: load the page's data again. */
  onReload: (handler: () => void) => () => void;
  /** Calls the handler when the session or the account ended. */
  onEnded: (handler: (reason: EndReason) => void) => () => void;
}

/** Milliseconds before a failed catch-up is tried again. */
const RETRY_AFTER_MS = 2_000;

/** A live client: one line at a time, handlers that outlive it. */
export function createLiveClient(options: {
  open: OpenTransport;
  store: SequenceStore;
  /** Called with what a handler threw; the other handlers still run. */
  onFault: (fault: unknown) => void;
}): LiveClient {
  const state = signal<LiveState>('off');
  const progress = signal<ReadonlyMap<string, Progress>>(new Map());
  const events = handlerSet<LiveEvent>(options.onFault);
  const reloads = handlerSet<null>(options.onFault);
  const arrivals = handlerSet<PresenceNews>(options.onFault);
  const ends = handlerSet<EndReason>(options.onFault);

  function start(accountId: string): () => void {
    let sequence = startSequence(options.store.read(accountId));
    let retry: ReturnType<typeof setTimeout> | undefined;
    let open = true;

    const take = (input: SequenceInput): void => {
      if (!open) return;
      const step = nextStep(sequence, input);
      sequence = step.state;
      if (step.reload) reloads.call(null);
      for (const event of step.handle) events.call(event);
      if (sequence.handled !== null) options.store.write(accountId, sequence.handled);
      if (step.ask !== null) void catchUp(step.ask);
    };
    const catchUp = async (since: number): Promise<void> => {
      const reply = await transport.catchUp(since);
      take(reply === null ? { kind: 'reply-failed' } : { kind: 'reply', reply });
      if (reply !== null || !open) return;
      clearTimeout(retry);
      retry = setTimeout(() => {
        take({ kind: 'retry' });
      }, RETRY_AFTER_MS);
    };

    state.value = 'connecting';
    const transport = options.open({
      connected() {
        state.value = 'live';
        take({ kind: 'connected' });
      },
      disconnected(online) {
        if (open) state.value = online ? 'reconnecting' : 'offline';
        take({ kind: 'disconnected' });
      },
      event(event) {
        take({ kind: 'event', event });
      },
      progress(item) {
        const tasks = new Map(progress.value);
        if (item.total > 0 && item.done >= item.total) tasks.delete(item.task);
        else tasks.set(item.task, item);
        progress.value = tasks;
      },
      presence(news) {
        arrivals.call(news);
      },
      ended(reason) {
        stop();
        ends.call(reason);
      },
    });
    function stop(): void {
      open = false;
      clearTimeout(retry);
      transport.close();
      state.value = 'off';
      progress.value = new Map();
    }
    return stop;
  }

  return {
    state,
    progress,
    start,
    onEvent: (kind, handler) =>
      events.add((event) => {
        // The kind was compared, so the event is of that kind.
        if (event.kind === kind) handler(event as EventOf<typeof kind>);
      }),
    onPresence: (handler) => arrivals.add(handler),
    onReload: (handler) => reloads.add(handler),
    onEnded: (handler) => ends.add(handler),
  };
}

/** Handlers that are called one after the other; one that throws does not keep the others from running. */
function handlerSet<T>(onFault: (fault: unknown) => void) {
  const handlers = new Set<(value: T) => void>();
  return {
    add(handler: (value: T) => void): () => void {
      const own = (value: T): void => {
        handler(value);
      };
      handlers.add(own);
      return () => handlers.delete(own);
    },
    call(value: T): void {
      for (const handler of [...handlers]) {
        try {
          handler(value);
        } catch (fault) {
          onFault(fault);
        }
      }
    },
  };
}
