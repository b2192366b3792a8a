import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { Catalog } from './catalog.ts';
import { encode } from './bson.ts';
import { runCommand, waitsForDisk } from './commands/run.ts';
import { Cursors } from './cursors.ts';
import { errorReply } from './errors.ts';
import { login, refuseStranger } from './login.ts';
import { Store } from './store.ts';
import { frameReply, MessageReader, parseMessage, type Request } from './wire.ts';

export interface ServerOptions {
  /** Folder of the LevelDB files. */
  readonly folder: string;
  /** A Unix socket, or a loopback port guarded by a password. */
  readonly listen: { readonly socket: string } | { readonly password: string };
  /** How often expired documents are removed (MongoDB: every 60 s). */
  readonly sweepMs: number;
  /** Called once, when the disk refuses a batch. Nothing is acknowledged from then on. */
  readonly onFailure: (error: Error) => void;
}

interface Client {
  readonly socket: Socket;
  readonly connectionId: number;
  known: boolean;
}

/** One embedded database, listening. */
export class EmbeddedServer {
  private readonly options: ServerOptions;
  private readonly store: Store;
  private readonly catalog: Catalog;
  private readonly cursors = new Cursors();
  private readonly sockets = new Set<Socket>();
  private readonly net: Server;
  private readonly sweeper: NodeJS.Timeout;
  private connections = 0;
  private replies = 0;

  private constructor(options: ServerOptions, store: Store, catalog: Catalog) {
    this.options = options;
    this.store = store;
    this.catalog = catalog;
    this.net = createServer((socket) => {
      this.accept(socket);
    });
    this.sweeper = setInterval(() => void this.sweep(), options.sweepMs);
  }

  /** Opens the folder, reads it and listens. */
  static async start(options: ServerOptions): Promise<EmbeddedServer> {
    const store = await Store.open(options.folder, options.onFailure);
    try {
      const server = new EmbeddedServer(options, store, await Catalog.load(store));
      await server.listen();
      return server;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  private async listen(): Promise<void> {
    const { listen } = this.options;
    const socket = 'socket' in listen ? listen.socket : undefined;
    // a socket file left by a killed process: the folder's lock is ours by now, so nobody listens on it
    if (socket) await rm(socket, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.net.once('error', reject);
      this.net.listen(socket ? { path: socket } : { port: 0, host: '127.0.0.1' }, resolve);
    });
    if (socket) await chmod(socket, 0o600);
  }

  /** The TCP port, if it listens on one. */
  get port(): number | undefined {
    const address = this.net.address();
    return typeof address === 'object' && address !== null ? address.port : undefined;
  }

  private accept(socket: Socket): void {
    const reader = new MessageReader();
    const client = { socket, connectionId: ++this.connections, known: 'socket' in this.options.listen };
    this.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.sockets.delete(socket));
    // a client that goes away is no fault of ours: 'close' follows
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      try {
        for (const message of reader.push(chunk)) void this.respond(client, parseMessage(message));
      } catch {
        // what does not follow the protocol cannot be answered within it
        socket.destroy();
      }
    });
  }

  private async respond(client: Client, request: Request): Promise<void> {
    const document = this.answer(client, request);
    try {
      if (waitsForDisk(request.name)) await this.store.flush();
    } catch {
      // never acknowledge what is not on disk; the failure itself was reported through onFailure
      client.socket.destroy();
      return;
    }
    if (request.wantsReply && client.socket.writable)
      client.socket.write(frameReply(request, ++this.replies, document));
  }

  private answer(client: Client, request: Request): Uint8Array {
    const { listen } = this.options;
    try {
      if ('password' in listen && request.name === 'saslStart') {
        const reply = login(request, listen.password);
        client.known = true;
        return reply;
      }
      if (!client.known) refuseStranger(request);
    } catch (error) {
      return encode(errorReply(error));
    }
    const { catalog, cursors } = this;
    return runCommand(request, { catalog, cursors, connectionId: client.connectionId });
  }

  private async sweep(): Promise<void> {
    this.catalog.removeExpired(Date.now());
    try {
      await this.store.flush();
    } catch {
      // reported through onFailure
      clearInterval(this.sweeper);
    }
  }

  /** Ends all connections, writes what is left and closes the folder. */
  async close(): Promise<void> {
    clearInterval(this.sweeper);
    const closed = new Promise((resolve) => this.net.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
    await this.store.close();
  }
}
