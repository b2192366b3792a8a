import type { ServerOptions } from './server.ts';

/** What the thread is given. */
export type WorkerSetup = Omit<ServerOptions, 'onFailure'>;

/** What the thread says. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly port: number | undefined }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' };
