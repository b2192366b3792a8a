import express, { type RequestHandler } from 'express';
import { HttpProblem, invalidField } from './errors.ts';

/** Largest JSON body. Text that people type stays far below; lists of companies come as CSV. */
export const JSON_MAX_BYTES = 100 * 1024;
const DEPTH_MAX = 20;
const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);

/** Walks without recursion, so that no depth of nesting can exhaust the stack. */
function refuseUnsafeKeys(body: unknown): void {
  const open: { value: unknown; path: string; depth: number }[] = [{ value: body, path: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= DEPTH_MAX) throw invalidField('body', `must not be nested deeper than ${DEPTH_MAX} levels`);
    for (const [key, inner] of Object.entries(value)) {
      const field = path === '' ? key : `${path}.${key}`;
      if (POLLUTING.has(key)) throw invalidField(field, `the key "${key}" is not allowed`);
      if (key.startsWith('$'))
        throw invalidField(field, `keys that start with "$" are not allowed, but "${key}" does`);
      open.push({ value: inner, path: field, depth: depth + 1 });
    }
  }
}

function wrongMediaType(allowed: string): HttpProblem {
  return new HttpProblem({
    status: 415,
    code: 'unsupported-media-type',
    detail: `The body must be sent as ${allowed}.`,
    headers: { Accept: allowed },
  });
}

const refuseOtherThanJson: RequestHandler = (req, _res, next) => {
  // No body at all is left to the schema, which says what is missing.
  const empty = req.get('Transfer-Encoding') === undefined && (req.get('Content-Length') ?? '0') === '0';
  if (!empty && req.is('application/json') === false) throw wrongMediaType('application/json');
  next();
};

const checkKeys: RequestHandler = (req, _res, next) => {
  refuseUnsafeKeys(req.body);
  next();
};

/**
 * Reads a JSON body: other media types are refused (a form of another site can send those without asking), and so are keys that a
 * database would take for operators or that reach into prototypes.
 */
export const jsonBody: readonly RequestHandler[] = [
  refuseOtherThanJson,
  express.json({ limit: JSON_MAX_BYTES, strict: false }),
  checkKeys,
];

/** The route reads the stream itself; only the media type is checked here. */
export const csvBody: readonly RequestHandler[] = [
  (req, _res, next) => {
    if (typeof req.is('text/csv') !== 'string') throw wrongMediaType('text/csv');
    next();
  },
];
