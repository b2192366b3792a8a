/** One wrong field, and what is allowed in it. */
export interface FieldError {
  field: string;
  message: string;
}

/** An expected failure that is told to the client as problem details (RFC 9457). Anything else becomes a bare 500. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(options: {
    status: number;
    code: string;
    detail: string;
    errors?: readonly FieldError[];
    headers?: Readonly<Record<string, string>>;
    cause?: unknown;
  }) {
    super(options.detail, { cause: options.cause });
    this.status = options.status;
    this.code = options.code;
    this.errors = options.errors ?? [];
    this.headers = options.headers ?? {};
  }
}

/** 400: the request does not have the right shape; each wrong field is named. */
export function invalidRequest(errors: readonly FieldError[]): HttpProblem {
  const detail = errors
    .map((error) => (error.field ? `${error.field}: ${error.message}` : error.message))
    .join('; ');
  return new HttpProblem({ status: 400, code: 'invalid-request', detail, errors });
}

/** 400 for one field. */
export function invalidField(field: string, message: string): HttpProblem {
  return invalidRequest([{ field, message }]);
}

/** 401: nobody is signed in. */
export function notSignedIn(): HttpProblem {
  return new HttpProblem({ status: 401, code: 'not-signed-in', detail: 'Sign in first.' });
}

/** 403: signed in, but this is not theirs to do. */
export function notAllowed(detail: string): HttpProblem {
  return new HttpProblem({ status: 403, code: 'not-allowed', detail });
}

/** 404: also where it exists but the reader may not know that. */
export function notFound(what: string): HttpProblem {
  return new HttpProblem({ status: 404, code: 'not-found', detail: `There is no such ${what}.` });
}

/** 409: true when it was asked for, but no longer. */
export function conflict(code: string, detail: string): HttpProblem {
  return new HttpProblem({ status: 409, code, detail });
}

/** 412: the thing was changed since the client read it. */
export function staleVersion(what: string): HttpProblem {
  return new HttpProblem({
    status: 412,
    code: 'changed-meanwhile',
    detail: `This ${what} was changed by somebody else since you opened it. Load it again, then make your change.`,
  });
}
