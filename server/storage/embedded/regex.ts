import { BSONRegExp } from 'bson';
import type { Value } from './bson.ts';
import { fail, notServed } from './errors.ts';

/** Parts of PCRE that JavaScript reads differently without an error. */
const pcreOnly = /\\[AzZhHRGQEKX]|\[\[:|\(\?[a-zA-Z#|]|[*+?}]\+/;

/** Option x: blanks and comments outside of brackets do not count. */
function stripExtended(pattern: string): string {
  return pattern.replace(/\\[^]|\[(?:\\[^]|[^\]\\])*\]|\s+|#[^\n]*/g, (part) =>
    part.startsWith('\\') || part.startsWith('[') ? part : '',
  );
}

/** Compiles a MongoDB regular expression (options i, m, s, x). Refuses what would mean something else in JavaScript. */
export function compileRegex(pattern: string, options: string): RegExp {
  const unknown = /[^imsxu]/.exec(options);
  if (unknown) fail(51108, `invalid flag in regex options: ${unknown[0]}`);
  if (pattern.includes('\0')) fail(2, 'Regular expression cannot contain an embedded null byte');
  if (pcreOnly.test(pattern)) notServed(`The regular expression /${pattern}/ (PCRE syntax)`);
  try {
    return new RegExp(options.includes('x') ? stripExtended(pattern) : pattern, options.replace(/[xu]/g, ''));
  } catch (error) {
    return fail(51091, `Regular expression is invalid: ${error instanceof Error ? error.message : pattern}`);
  }
}

/** The operand of `$regex`, with the sibling `$options`. */
export function regexOperand(operand: Value, options: Value): RegExp {
  if (options !== undefined && typeof options !== 'string') fail(2, '$options has to be a string');
  if (typeof operand === 'string') return compileRegex(operand, options ?? '');
  if (!(operand instanceof BSONRegExp)) return fail(2, '$regex has to be a string');
  if (options !== undefined && operand.options !== '') fail(51074, 'options set in both $regex and $options');
  return compileRegex(operand.pattern, options ?? operand.options);
}

/** Does the value match: a string that fits, or the same regular expression. */
export function regexTest(regex: RegExp, literal?: BSONRegExp): (value: Value) => boolean {
  return (value) =>
    typeof value === 'string'
      ? regex.test(value)
      : value instanceof BSONRegExp &&
        literal !== undefined &&
        value.pattern === literal.pattern &&
        value.options === literal.options;
}
