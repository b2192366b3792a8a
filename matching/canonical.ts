/**
 * A value as JSON of which there is exactly one: keys sorted by code units, no spaces, whole numbers only, what is undefined left out
 * (in form RFC 8785, without its fractions). Two values are the same exactly where these texts are.
 *
 * @throws RangeError for a number that is not a safe integer, and for what JSON cannot hold
 * @example canonicalJson({ b: [1, 2], a: null }) // '{"a":null,"b":[1,2]}'
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return wholeNumber(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined);
    const members = entries
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`);
    return `{${members.join(',')}}`;
  }
  throw new RangeError(`A ${typeof value} has no place in a record of a run.`);
}

function wholeNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number.`);
  return String(value === 0 ? 0 : value); // minus zero is zero
}
