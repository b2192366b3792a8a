/** Where people reach this server: for links in mail, and for the check of where a request comes from. */
export interface Address {
  /** Origin for links, without a slash at the end: `https://tandem.example.eu`. */
  publicUrl(): string;
  /** True if a page of this origin may send changes and open sockets. */
  allows(origin: string): boolean;
  readonly https: boolean;
  /** Called once the server listens: with PUBLIC_URL unset, the address is known only then. */
  listening(port: number): void;
}

/** Without PUBLIC_URL only this machine's own names for itself are allowed. */
export function createAddress(config: { publicUrl: string | null; https: boolean; port: number }): Address {
  let { port } = config;
  return {
    https: config.https,
    publicUrl: () => config.publicUrl ?? `http://localhost:${String(port)}`,
    allows: (origin) =>
      config.publicUrl === null
        ? ['localhost', '127.0.0.1', '[::1]'].some((host) => origin === `http://${host}:${String(port)}`)
        : origin === config.publicUrl,
    listening: (actualPort) => {
      port = actualPort;
    },
  };
}
