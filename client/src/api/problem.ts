import type { Problem } from '../../../server/http/schema.ts';

/** The server refused: what it said, in words for people, and which fields were wrong. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  /** By field path as the API names it, such as `email` or `solutions.0.trl`. */
  readonly fields: Readonly<Record<string, string>>;
  /** What an operator needs to find this failure in the log. */
  readonly requestId: string | null;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.status = problem.status;
    this.code = problem.code;
    this.fields = Object.fromEntries((problem.errors ?? []).map((error) => [error.field, error.message]));
    this.requestId = problem.requestId ?? null;
  }
}

/** No answer came: the network or the server is away. Asking again may help. */
export class NetworkLost extends Error {
  override readonly name = 'NetworkLost';
}

/** True where the request was given up by the page itself, so that nobody needs to hear of it. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
