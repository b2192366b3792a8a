/** What the registry needs of a socket. */
export interface LiveSocket {
  readonly accountId: string;
  readonly sessionId: string;
}

/** The open sockets of this process by account, oldest first. */
export class SocketRegistry<S extends LiveSocket> {
  readonly #byAccount = new Map<string, Set<S>>();

  add(socket: S): void {
    const sockets = this.#byAccount.get(socket.accountId) ?? new Set();
    sockets.add(socket);
    this.#byAccount.set(socket.accountId, sockets);
  }

  /** True if it was the last one of its account. */
  remove(socket: S): boolean {
    const sockets = this.#byAccount.get(socket.accountId);
    if (!sockets?.delete(socket) || sockets.size > 0) return false;
    this.#byAccount.delete(socket.accountId);
    return true;
  }

  has(accountId: string): boolean {
    return this.#byAccount.has(accountId);
  }

  of(accountId: string): readonly S[] {
    return [...(this.#byAccount.get(accountId) ?? [])];
  }

  all(): readonly S[] {
    return [...this.#byAccount.values()].flatMap((sockets) => [...sockets]);
  }
}
