import type { SessionView } from '../../../server/accounts/schema.ts';
import type { Login } from '../cast.ts';
import type { DemoServer } from '../server-process.ts';
import { Visitor } from '../visitor.ts';

/** Everybody who has an account, by a name of their own; sessions end while months go by, so people sign in anew for each chapter. */
export class People {
  readonly #server: DemoServer;
  readonly #logins = new Map<string, Login>();

  constructor(server: DemoServer) {
    this.#server = server;
  }

  add(name: string, login: Login): void {
    this.#logins.set(name, login);
  }

  /** Somebody whose account is gone. */
  forget(name: string): void {
    this.#logins.delete(name);
  }

  /** Everybody's way to sign in, in the order in which they came. */
  logins(): readonly Login[] {
    return [...this.#logins.values()];
  }

  passwordOf(name: string): string {
    return this.#login(name).password;
  }

  #login(name: string): Login {
    const login = this.#logins.get(name);
    if (!login) throw new RangeError(`Nobody is called '${name}' here.`);
    return login;
  }

  /** Signs somebody in. */
  async signIn(name: string): Promise<Visitor> {
    const login = this.#login(name);
    const visitor = new Visitor(this.#server.url);
    await visitor.call<SessionView>('POST', '/session', {
      body: { email: login.email, password: login.password },
    });
    return visitor;
  }

  /** Somebody without an account. */
  passerBy(): Visitor {
    return new Visitor(this.#server.url);
  }
}
