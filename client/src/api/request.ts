import type { Problem } from '../../../server/http/schema.ts';
import { ApiProblem, isAbort, NetworkLost } from './problem.ts';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface RequestOptions {
  /** Empty values are left out. */
  query?: Query;
  /** Sent as JSON; a File or Blob is sent as it is, as text/csv. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
let sessionLost: () => void = () => undefined;

/** Names who hears that the server no longer knows this session (any 401 but the one for a wrong password). */
export function onSessionLost(listener: () => void): void {
  sessionLost = listener;
}

/** Path below `/api/v1` with its query, for links and downloads. */
export function apiUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return `/api/v1${path}${text ? `?${text}` : ''}`;
}

function bodyOf(body: unknown): { body?: BodyInit; type?: string } {
  if (body === undefined) return {};
  if (body instanceof Blob) return { body, type: 'text/csv' };
  return { body: JSON.stringify(body), type: 'application/json' };
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('problem+json')) {
    // The server's own contract: every problem+json body is a Problem.
    return new ApiProblem((await response.json()) as Problem);
  }
  return new ApiProblem({
    type: 'about:blank',
    title: response.statusText || String(response.status),
    status: response.status,
    code: 'unknown',
  });
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const { body, type } = bodyOf(options.body);
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    headers: { accept: 'application/json', ...(type ? { 'content-type': type } : {}), ...options.headers },
    ...(body === undefined ? {} : { body }),
    ...(options.signal ? { signal: options.signal } : {}),
  };
  try {
    return await fetch(apiUrl(path, options.query), init);
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new NetworkLost('No answer from the server.', { cause: error });
  }
}

async function call<T>(method: Method, path: string, options: RequestOptions): Promise<T> {
  const response = await send(method, path, options);
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.status === 401 && problem.code === 'not-signed-in') sessionLost();
    throw problem;
  }
  const text = await response.text();
  // The server answers with the reply schema of the route; T is that schema's type, named by the caller.
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/**
 * The one way to the server. Each call resolves to the reply of the route, or throws an ApiProblem (the server refused), a
 * NetworkLost (no answer) or the AbortError of its own signal.
 */
export const api = {
  get: <T>(path: string, options: RequestOptions = {}) => call<T>('GET', path, options),
  post: <T = undefined>(path: string, body?: unknown, options: RequestOptions = {}) =>
    call<T>('POST', path, { ...options, body }),
  put: <T = undefined>(path: string, body: unknown, options: RequestOptions = {}) =>
    call<T>('PUT', path, { ...options, body }),
  remove: (path: string, options: RequestOptions = {}) => call<undefined>('DELETE', path, options),
};
