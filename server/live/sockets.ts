import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { Server, type Socket } from 'socket.io';
import type { Viewer } from '../accounts/viewer.ts';
import { displayToken, DisplaySockets, type DisplayDoor } from './displays.ts';
import { textFrame } from './frame.ts';
import { mayConnect } from './origin.ts';
import type { EventText } from './present.ts';
import {
  catchUpRequestSchema,
  type CatchUpReply,
  type ClientToServer,
  type PresenceNews,
  type Progress,
  type ServerToClient,
} from './protocol.ts';
import { createRate } from './rate.ts';
import { SessionRounds } from './session-rounds.ts';
import { SocketRegistry, type LiveSocket } from './registry.ts';

/** Security.md, section 3: OWASP's starting points. */
export const SOCKETS_PER_ACCOUNT = 5;
export const MESSAGES_PER_MINUTE = 100;
const MESSAGE_BYTES = 64 * 1024;
const HANDSHAKE_MS = 10_000;
/** Sessions that are looked at together. */
const CHECKED_AT_ONCE = 50;
/** Type of a packet in the Engine.IO protocol (version 4): a message. */
const MESSAGE = Buffer.from('4');
/** A packet in the Socket.IO protocol (version 5): an event in the default namespace, its name and what it holds. */
const EVENT_HEAD = Buffer.from('2["event",');
const EVENT_END = Buffer.from(']');

type LiveServer = Server<ClientToServer, ServerToClient>;
type Wire = Socket<ClientToServer, ServerToClient>;
type EndReason = 'signed-out' | 'account-closed' | 'expired';

interface OpenSocket extends LiveSocket {
  readonly isStaff: boolean;
  readonly wire: Wire;
}

export interface SocketsOptions {
  /** Session and sign-in, the same handlers as for HTTP. */
  readonly sessionMiddleware: readonly RequestHandler[];
  /** Who is signed in by a session, as long as it lasts. */
  readonly viewerOf: (sessionId: string) => Promise<Viewer | null>;
  readonly allowsOrigin: (origin: string) => boolean;
  readonly catchUp: (accountId: string, since: number) => Promise<CatchUpReply>;
  readonly onFirst: (accountId: string) => void;
  readonly onLast: (accountId: string) => void;
  readonly displays: DisplayDoor;
  readonly clock: () => Date;
  readonly log: Logger;
}

/** An acknowledgement, if the client asked for one. */
function acknowledge(args: readonly unknown[], answer: CatchUpReply | { error: string } | number): void {
  const last = args.at(-1);
  // socket.io makes this function itself, from the packet's id.
  if (typeof last === 'function') (last as (answer: unknown) => void)(answer);
}

/**
 * The socket.io server: lets in those who are signed in, on our own origin, within limits; and closes what must not stay open. It has no
 * memory of its own: what is sent is kept in the database.
 */
export class Sockets {
  readonly #options: SocketsOptions;
  readonly #registry = new SocketRegistry<OpenSocket>();
  readonly #rounds = new SessionRounds();
  readonly #io: LiveServer;
  /** Sockets of projectors, which nobody is signed in at. */
  readonly displays: DisplaySockets;

  constructor(options: SocketsOptions) {
    this.#options = options;
    this.#io = new Server<ClientToServer, ServerToClient>({
      serveClient: false,
      maxHttpBufferSize: MESSAGE_BYTES,
      perMessageDeflate: false,
      httpCompression: false,
      connectTimeout: HANDSHAKE_MS,
      transports: ['polling', 'websocket'],
      allowRequest: (request, decide) => {
        const allowed = mayConnect(request, options.allowsOrigin);
        if (!allowed) {
          options.log.warn(
            { event: 'authz_fail', origin: request.headers.origin },
            'a socket from another origin was refused',
          );
        }
        decide(allowed ? null : 'This origin may not open sockets here.', allowed);
      },
    });
    this.#io.use((socket, next) => {
      const allowed = displayToken(socket) !== null || this.#signedIn(socket.request) !== null;
      next(allowed ? undefined : new Error('Sign in first.'));
    });
    this.displays = new DisplaySockets(this.#io, options.displays);
    this.#io.on('connection', (wire) => {
      const token = displayToken(wire);
      if (token === null) this.#open(wire);
      else this.#openDisplay(wire, token);
    });
  }

  /** Serves the sockets of an HTTP server. */
  attach(httpServer: HttpServer): void {
    this.#io.attach(httpServer);
    for (const handler of this.#options.sessionMiddleware) {
      // The handlers of sessions read cookies and nothing else that Express adds to a request.
      this.#io.engine.use(handler);
    }
  }

  isConnected(accountId: string): boolean {
    return this.#registry.has(accountId);
  }

  count(): number {
    return this.#registry.all().length;
  }

  /**
   * Sends an event that is text already, as the packet that `emit` would make of it: written once for all windows of an account, and not looked
   * through for binary parts.
   */
  emit(accountId: string, { parts }: EventText): void {
    const packet = [EVENT_HEAD, ...parts, EVENT_END];
    let frame: Buffer | undefined;
    for (const { wire } of this.#registry.of(accountId)) {
      if (wire.conn.transport.name === 'websocket') {
        frame ??= textFrame([MESSAGE, ...packet]);
        // As socket.io's own broadcasts do it; without compression, which this server does not offer, the frame goes out as it is.
        const options: { compress?: boolean; wsPreEncodedFrame: Buffer[] } = { wsPreEncodedFrame: [frame] };
        wire.conn.write('', options);
      } else wire.conn.write(Buffer.concat(packet).toString());
    }
  }

  progress(to: { accountId: string } | 'staff', progress: Progress): void {
    const sockets =
      to === 'staff'
        ? this.#registry.all().filter(({ isStaff }) => isStaff)
        : this.#registry.of(to.accountId);
    for (const { wire } of sockets) wire.emit('progress', progress);
  }

  /** Tells staff who is at an event. */
  presence(news: PresenceNews): void {
    for (const { isStaff, wire } of this.#registry.all()) if (isStaff) wire.emit('presence', news);
  }

  /** Tells the sockets why, then closes them. */
  end(which: (socket: LiveSocket) => boolean, reason: EndReason): void {
    for (const socket of this.#registry.all().filter(which)) this.#end(socket, reason);
  }

  /** Closes the sockets of sessions that have ended without a word; so many calls look at each session once. */
  async checkSessions(calls: number): Promise<void> {
    const sessions = this.#rounds.next(
      new Set(this.#registry.all().map(({ sessionId }) => sessionId)),
      calls,
    );
    for (let from = 0; from < sessions.length; from += CHECKED_AT_ONCE) {
      // Asked in one turn, they are read by one command.
      const some = sessions.slice(from, from + CHECKED_AT_ONCE);
      const viewers = await Promise.all(some.map((sessionId) => this.#options.viewerOf(sessionId)));
      const ended = new Set(some.filter((_, at) => viewers[at] === null));
      if (ended.size > 0) this.end(({ sessionId }) => ended.has(sessionId), 'expired');
    }
  }

  /** Closes all sockets such that clients come back when there is a server again. */
  close(): void {
    this.#io.engine.close();
  }

  #signedIn(request: IncomingMessage): { viewer: Viewer; sessionId: string } | null {
    // The session handlers ran on this request (engine.use), so it has what they add.
    const { user, sessionID } = request as Request;
    return user === undefined ? null : { viewer: user, sessionId: sessionID };
  }

  #open(wire: Wire): void {
    const signedIn = this.#signedIn(wire.request);
    if (!signedIn) {
      wire.disconnect(true);
      return;
    }
    const { viewer, sessionId } = signedIn;
    const socket: OpenSocket = { accountId: viewer.id, sessionId, isStaff: viewer.role === 'staff', wire };
    const isFirst = !this.#registry.has(viewer.id);
    this.#registry.add(socket);
    wire.once('disconnect', () => {
      if (this.#registry.remove(socket)) this.#options.onLast(viewer.id);
    });
    if (isFirst) this.#options.onFirst(viewer.id);
    const [oldest, ...others] = this.#registry.of(viewer.id);
    if (oldest && others.length >= SOCKETS_PER_ACCOUNT) oldest.wire.disconnect(true);
    this.#listen(socket);
    // The session may have ended between the handshake and here; from here on its end reaches this socket.
    void this.#stillSignedIn(socket);
  }

  #openDisplay(wire: Wire, token: string): void {
    this.#guard(wire, ['time']);
    this.displays.open(wire, token).catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'a display could not be opened');
      wire.disconnect(true);
    });
  }

  /** Holds a socket to its messages and their rate, and answers what is the same for all: the time. */
  #guard(wire: Wire, allowed: readonly (keyof ClientToServer)[]): void {
    const withinRate = createRate(MESSAGES_PER_MINUTE, 60_000, () => performance.now());
    wire.use(([name, ...args], next) => {
      if (!withinRate()) {
        acknowledge(args, { error: `At most ${MESSAGES_PER_MINUTE} messages a minute.` });
      } else if (!allowed.some((message) => message === name)) {
        const names = allowed.map((message) => `'${message}'`).join(' and ');
        acknowledge(args, { error: `There is no message '${name.slice(0, 40)}'; there is ${names}.` });
      } else next();
    });
    wire.on('time', (...args: unknown[]) => {
      acknowledge(args, this.#options.clock().getTime());
    });
  }

  #listen(socket: OpenSocket): void {
    this.#guard(socket.wire, ['catch-up', 'time']);
    socket.wire.on('catch-up', (...args: unknown[]) => {
      void this.#answerCatchUp(socket, args[0]).then((answer) => {
        if (answer) acknowledge(args, answer);
      });
    });
  }

  async #answerCatchUp(
    socket: OpenSocket,
    request: unknown,
  ): Promise<CatchUpReply | { error: string } | null> {
    const parsed = catchUpRequestSchema.safeParse(request);
    if (!parsed.success) return { error: "'since' must be a whole number, 0 or more." };
    try {
      if (!(await this.#stillSignedIn(socket))) return null;
      return await this.#options.catchUp(socket.accountId, parsed.data.since);
    } catch (error) {
      this.#options.log.error({ err: error, accountId: socket.accountId }, 'a catch-up failed');
      return { error: 'The events could not be read. Try again.' };
    }
  }

  async #stillSignedIn(socket: OpenSocket): Promise<boolean> {
    const viewer = await this.#options.viewerOf(socket.sessionId);
    if (viewer?.id === socket.accountId) return true;
    this.#end(socket, 'expired');
    return false;
  }

  #end({ wire }: OpenSocket, reason: EndReason): void {
    wire.emit('session-ended', reason);
    wire.disconnect(true);
  }
}
