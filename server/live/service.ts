import type { Server as HttpServer } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { Delivery } from './delivery.ts';
import { EventStreams, type AddressedNotice } from './events.ts';
import type { Live } from './live.ts';
import { presentEvents, sharedWhileRunning, type Presenters } from './present.ts';
import { readyContents } from './ready.ts';
import type { CatchUpReply } from './protocol.ts';
import { Sockets, type SocketsOptions } from './sockets.ts';

export interface LiveServiceOptions extends Pick<
  SocketsOptions,
  'sessionMiddleware' | 'viewerOf' | 'allowsOrigin' | 'displays' | 'log'
> {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly presenters: Presenters;
  /** How often to look for events of other processes, in milliseconds; 0: never. */
  readonly pollMs?: number;
  /** Each open session is looked at once in this time, whether it has ended; in milliseconds; 0: never. */
  readonly sessionCheckMs?: number;
}

/** The live side as the assembly sees it. */
export interface LiveService extends Live {
  /** Everything that an account has not handled yet, in order. */
  catchUp(accountId: string, since: number): Promise<CatchUpReply>;
  attach(httpServer: HttpServer): void;
  /** Begins to look for events of other processes and for ended sessions. */
  start(): void;
  stop(): Promise<void>;
  /** Removes events that are too old; says how many. */
  forgetOld(): Promise<number>;
  /** Resolves when the open windows were sent all that was told so far, or it was left to their catch-up. */
  out(): Promise<void>;
  /** Open sockets of this process. */
  socketCount(): number;
}

/** Looks in which all open sessions are looked at: those of a thousand windows at once would hold up whoever asks meanwhile. */
const SESSION_CHECKS = 20;

/** Clocks of several machines may differ by this much when their events are looked for. */
const CLOCK_SKEW_MS = 5_000;

/** A task that is repeated after a pause, until it is stopped; its failures are logged. */
function repeat(everyMs: number, task: () => Promise<void>, log: Logger): { stop: () => Promise<void> } {
  if (everyMs === 0) return { stop: () => Promise.resolve() };
  let running = Promise.resolve();
  let stopped = false;
  let timer: NodeJS.Timeout;
  const again = (): void => {
    timer = setTimeout(() => {
      running = task()
        .catch((error: unknown) => {
          if (!stopped) log.warn({ err: error }, 'a check of the live side failed');
        })
        .finally(() => {
          if (!stopped) again();
        });
    }, everyMs);
  };
  again();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}

export function createLiveService(options: LiveServiceOptions): LiveService {
  const { connection, clock, log, pollMs = 2_000, sessionCheckMs = 60_000 } = options;
  const streams = new EventStreams(connection, clock);
  const presenters = sharedWhileRunning(options.presenters);

  async function catchUp(accountId: string, since: number): Promise<CatchUpReply> {
    const { events, upTo, reload } = await streams.since(accountId, since);
    return { events: await presentEvents(events, presenters), upTo, reload };
  }

  const sockets: Sockets = new Sockets({
    ...options,
    catchUp,
    onFirst: (accountId) => {
      streams.expect(accountId).then(
        (seq) => {
          if (sockets.isConnected(accountId)) delivery.startAt(accountId, seq);
        },
        (error: unknown) => {
          log.warn({ err: error, accountId }, 'the newest event of an account is not known');
        },
      );
    },
    onLast: (accountId) => {
      delivery.forget(accountId);
    },
  });
  const delivery = new Delivery({
    streams,
    presenters,
    log,
    isConnected: (accountId) => sockets.isConnected(accountId),
    emit: (accountId, event) => {
      sockets.emit(accountId, event);
    },
  });

  const notifyAll: Live['notifyAll'] = async (notices) => {
    const isAwaited = ({ accountIds }: AddressedNotice): boolean =>
      accountIds.some((accountId) => sockets.isConnected(accountId));
    // What is read for the windows is asked for behind the write, which everything waits for.
    const makeReady = nextTurn().then(() => readyContents(notices.filter(isAwaited)));
    const [written, ready] = await Promise.all([streams.append(notices), makeReady]);
    // What is in the streams is not lost any more; whoever told it need not wait until the last window has it.
    void delivery.deliver(written, ready);
  };
  let repeated: { stop: () => Promise<void> }[] = [];

  return {
    notifyAll,
    notify: (accountIds, notice, key) => notifyAll([{ accountIds, notice, key }]),
    progress: (accountId, progress) => {
      sockets.progress({ accountId }, progress);
    },
    progressToStaff: (progress) => {
      sockets.progress('staff', progress);
    },
    presence: (news) => {
      sockets.presence(news);
    },
    showRoom: (room) => {
      sockets.displays.show(room);
    },
    isShown: (eventId) => sockets.displays.isShown(eventId),
    endDisplay: (displayId) => {
      sockets.displays.end(displayId);
    },
    disconnectAccount: (accountId, reason, exceptSession) => {
      sockets.end((socket) => socket.accountId === accountId && socket.sessionId !== exceptSession, reason);
    },
    disconnectSession: (sessionId, reason) => {
      sockets.end((socket) => socket.sessionId === sessionId, reason);
    },
    catchUp,
    attach: (httpServer) => {
      sockets.attach(httpServer);
    },
    start() {
      let since = clock();
      const lookForForeign = async (): Promise<void> => {
        const now = clock();
        await delivery.deliverForeign(new Date(since.getTime() - CLOCK_SKEW_MS));
        since = now;
      };
      repeated = [
        repeat(pollMs, lookForForeign, log),
        repeat(sessionCheckMs / SESSION_CHECKS, () => sockets.checkSessions(SESSION_CHECKS), log),
      ];
    },
    async stop() {
      sockets.close();
      await Promise.all(repeated.map(({ stop }) => stop()));
      await delivery.settled();
    },
    forgetOld: () => streams.forgetOld(),
    out: () => delivery.out(),
    socketCount: () => sockets.count(),
  };
}
