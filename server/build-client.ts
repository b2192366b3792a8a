import { fileURLToPath } from 'node:url';

const CLIENT = fileURLToPath(new URL('../client', import.meta.url));

/** Builds the pages into `client/dist`. Vite is loaded only here: a server with built pages starts without it. */
export async function buildClient(): Promise<void> {
  const { build } = await import('vite');
  await build({ root: CLIENT, logLevel: 'error' });
}
