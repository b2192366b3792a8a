import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';

const root = new URL('./', import.meta.url);

/** Path of a file that ships with the product (this folder), such as `countries.json`. */
export function referencePath(name: string): string {
  return fileURLToPath(new URL(name, root));
}

/**
 * Reads a JSON file of this folder and checks its shape. A file that does not fit is a fault of the installation, not of a user:
 * the error names the file and the first wrong field.
 */
export function readReferenceFile<S extends z.ZodType>(name: string, schema: S): z.output<S> {
  const result = schema.safeParse(JSON.parse(readFileSync(referencePath(name), 'utf8')));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(
    `server/reference/${name}: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'wrong shape'}`,
  );
}
