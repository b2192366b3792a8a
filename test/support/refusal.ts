import { HttpProblem } from '../../server/http/errors.ts';

/** The problem that a promise is refused with. Throws where it is not refused, or with something else. */
export async function refusal(promise: Promise<unknown>): Promise<HttpProblem> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof HttpProblem) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}
