import { t } from '../strings/text.ts';
import type { JsonSchema } from './openapi.ts';

const words = t.reference.schema;

const quoted = (value: unknown): string => JSON.stringify(value);

/** What a value is, in a few words: `string`, `list of number`, `"micro" or "small"`. */
export function typeText(schema: JsonSchema): string {
  if (schema.const !== undefined) return quoted(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(quoted).join(words.or);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(typeText))].join(words.or);
  const type = Array.isArray(schema.type) ? schema.type.join(words.or) : schema.type;
  if (type === 'array') return words.listOf(typeText(schema.items ?? {}));
  return type ?? words.anything;
}

/** What is allowed beyond the type: lengths, limits, format, pattern, default. */
export function limitTexts(schema: JsonSchema): string[] {
  const whole = schema.maximum === Number.MAX_SAFE_INTEGER ? undefined : schema.maximum;
  const limits: (readonly [string, unknown])[] = [
    [words.format, schema.format],
    [words.minLength, schema.minLength],
    [words.maxLength, schema.maxLength],
    [words.minimum, schema.minimum === Number.MIN_SAFE_INTEGER ? undefined : schema.minimum],
    [words.maximum, whole],
    [words.maxItems, schema.maxItems],
    [words.pattern, schema.format === undefined ? schema.pattern : undefined],
    [words.default, schema.default === undefined ? undefined : quoted(schema.default)],
  ];
  return limits
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : quoted(value)}`);
}

/** The object inside a schema whose fields can be listed: itself, its items, or the one choice that is an object. */
export function objectIn(schema: JsonSchema): JsonSchema | null {
  if (schema.properties !== undefined) return schema;
  if (schema.items !== undefined) return objectIn(schema.items);
  const objects = (schema.anyOf ?? []).map(objectIn).filter((found) => found !== null);
  return objects.length === 1 ? (objects[0] ?? null) : null;
}
