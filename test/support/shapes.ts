import fc, { type Arbitrary } from 'fast-check';
import { z } from 'zod';

const nodeSchema = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  format: z.string().optional(),
});

/** How often a part is left out or replaced by something else: 1 in this many. */
const WRONG_ONE_IN = 12;

function mostly<T>(right: Arbitrary<T>, wrong: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc.oneof({ weight: WRONG_ONE_IN - 1, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

function textLike(format: string | undefined): Arbitrary<unknown> {
  if (format === 'email') return fc.constantFrom('a@example.eu', 'B@Example.EU', 'a@b');
  if (format === 'date') return fc.constantFrom('2022-01-25', '2026-02-29', '9999-12-31');
  if (format === 'uri') return fc.constantFrom('https://example.eu', 'javascript:alert(1)');
  return fc.oneof(
    fc.constantFrom(
      'FR',
      'en',
      'x',
      'x'.repeat(43),
      'quiet-harbour-31-candle',
      'https://example.eu',
      '2022-01-25',
    ),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
  );
}

/**
 * Values that are nearly of a JSON Schema: most parts fit, a few are wrong, missing or too many. They reach much deeper into the code
 * than random values, which the first check refuses.
 */
export function nearlyOf(schema: unknown, wrong: Arbitrary<unknown>): Arbitrary<unknown> {
  const parsed = nodeSchema.safeParse(schema);
  if (!parsed.success) return wrong;
  const node = parsed.data;
  const choices = node.anyOf ?? node.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => nearlyOf(choice, wrong)));
  if (node.enum !== undefined) return mostly(fc.constantFrom(...node.enum), wrong);
  if (node.const !== undefined) return mostly(fc.constant(node.const), wrong);
  if (node.properties !== undefined) {
    const fields = Object.fromEntries(
      Object.entries(node.properties).map(([name, property]) => [name, nearlyOf(property, wrong)]),
    );
    return mostly(fc.record(fields, { requiredKeys: node.required ?? [] }), wrong);
  }
  if (node.type === 'array') return mostly(fc.array(nearlyOf(node.items, wrong), { maxLength: 4 }), wrong);
  if (node.type === 'integer') return mostly(fc.integer({ min: 0, max: 120 }), wrong);
  if (node.type === 'number') return mostly(fc.double({ min: 0, max: 1000, noNaN: true }), wrong);
  if (node.type === 'boolean') return mostly(fc.boolean(), wrong);
  if (node.type === 'null') return fc.constant(null);
  if (node.type === 'string') return mostly(textLike(node.format), wrong);
  return wrong;
}

/** Bodies that are nearly what a schema asks for. */
export function nearlyBodies(schema: z.ZodType, wrong: Arbitrary<unknown>): Arbitrary<unknown> {
  return nearlyOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), wrong);
}
