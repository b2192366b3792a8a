import { setTimeout as after } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { Problem } from '../../server/http/schema.ts';
import type { CatchUpReply, ClientToServer, LiveEvent, ServerToClient } from '../../server/live/protocol.ts';

/** An answer that was not the expected one, with the problem details that came back. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  /** The status of the answer; 0 where there was none. */
  readonly status: number;

  constructor(message: string, status = 0) {
    super(message);
    this.status = status;
  }
}

interface RequestOptions {
  body?: unknown;
  csv?: Buffer;
  ifMatch?: number;
  signal?: AbortSignal;
}

/**
 * One person at a browser, without the browser: keeps the session cookie, calls the public API and listens on the public
 * socket, nothing else. Used by the demo to play participants, clusters and staff.
 */
export class Visitor {
  /** Every event in the order in which it came. */
  readonly events: LiveEvent[] = [];
  /** When each of them came (ms, `performance.now()`). */
  readonly arrivals: number[] = [];
  /** What went wrong with the numbering of events: a gap or a double. Stays empty. */
  readonly numberingFaults: string[] = [];
  readonly #url: string;
  #cookie = '';
  #socket: Socket<ServerToClient, ClientToServer> | null = null;
  #lastSeq = 0;
  /** Live events that came while a catch-up was under way; null when none is. */
  #waiting: LiveEvent[] | null = [];

  constructor(url: string) {
    this.#url = url;
  }

  /** Calls the API and gives the parsed answer; the type is the caller's, from the server's public schemas. */
  async call<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        origin: this.#url,
        'sec-fetch-site': 'same-origin',
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.csv ? { 'content-type': 'text/csv' } : {}),
        ...(options.ifMatch === undefined ? {} : { 'if-match': `"${options.ifMatch}"` }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.csv ? { body: new Uint8Array(options.csv) } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) this.#cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    if (!response.ok) {
      // Every refusal of the API is problem details.
      const problem = JSON.parse(text || '{}') as Partial<Problem>;
      throw new UnexpectedAnswer(
        `${method} ${path} answered ${response.status}: ${problem.detail ?? problem.title ?? text}`,
        response.status,
      );
    }
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Opens the live connection and asks for everything since the last event that was seen. */
  async connect(): Promise<void> {
    const socket: Socket<ServerToClient, ClientToServer> = io(this.#url, {
      transports: ['websocket'],
      extraHeaders: { cookie: this.#cookie, origin: this.#url },
      reconnection: false,
      forceNew: true,
    });
    this.#socket = socket;
    socket.on('event', (event) => {
      if (this.#waiting === null) this.#take(event);
      else this.#waiting.push(event);
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    await this.catchUp();
  }

  /** Asks for what was missed, exactly as the web client does; what comes live meanwhile waits for its turn. */
  async catchUp(): Promise<void> {
    const socket = this.#socket;
    if (socket === null) throw new UnexpectedAnswer('catch-up was asked for without a connection');
    this.#waiting = [];
    const reply = await new Promise<CatchUpReply | { error: string }>((resolve) => {
      socket.emit('catch-up', { since: this.#lastSeq }, resolve);
    });
    if ('error' in reply) throw new UnexpectedAnswer(`catch-up: ${reply.error}`);
    for (const event of reply.events) this.#take(event);
    if (reply.reload) this.#lastSeq = reply.upTo;
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const event of waiting) this.#take(event);
  }

  disconnect(): void {
    this.#socket?.disconnect();
    this.#socket = null;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  #take(event: LiveEvent): void {
    // Already seen through the catch-up that ran at the same time: the numbering tells, nothing is handled twice.
    if (event.seq <= this.#lastSeq) return;
    if (event.seq !== this.#lastSeq + 1)
      this.numberingFaults.push(`after ${this.#lastSeq} came ${event.seq}`);
    this.#lastSeq = event.seq;
    this.events.push(event);
    this.arrivals.push(performance.now());
  }
}

/** Asks again and again until there is an answer. Throws with the given words when there is none within the time. */
export async function untilThere<T>(
  what: string,
  timeoutMs: number,
  read: () => Promise<T | null>,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (value !== null) return value;
    if (Date.now() > end) throw new UnexpectedAnswer(`waited ${timeoutMs / 1000} s in vain: ${what}`);
    await after(50);
  }
}

/** Waits until the condition holds. */
export async function until(what: string, timeoutMs: number, holds: () => Promise<boolean>): Promise<void> {
  await untilThere(what, timeoutMs, async () => ((await holds()) ? true : null));
}
