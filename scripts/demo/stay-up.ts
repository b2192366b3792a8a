import type { Login } from './cast.ts';

/** Says where the server is and who can sign in; `wall` is the address of the page for the projector. */
export function printLogins(url: string, logins: readonly Login[], wall?: string): void {
  const lines = logins.map(
    ({ who, email, password }) => `  ${who.padEnd(44)} ${email.padEnd(34)} ${password}`,
  );
  const room = wall === undefined ? '' : `The room, for a projector: ${wall}\n\n`;
  process.stdout.write(
    `\nTandem is running at ${url}\n\n${lines.join('\n')}\n\n${room}End it with Ctrl-C; its data are removed then.\n\n`,
  );
}

/** Aborts once somebody ends the program with Ctrl-C or SIGTERM. */
export function interruption(): AbortSignal {
  const ending = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) {
    process.once(name, () => {
      ending.abort();
    });
  }
  return ending.signal;
}
