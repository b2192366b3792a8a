import { existsSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express, { Router, type Response } from 'express';
import { notFound } from './errors.ts';

const YEAR_SECONDS = 31_536_000;

/** Files below `assets/` carry a hash of their content in their name: they never change. All else is asked for again. */
function setCaching(res: Response, path: string): void {
  const hashed = /[\\/]assets[\\/]/.test(path);
  res.set('Cache-Control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
}

const NOT_BUILT = `<!doctype html>
<html lang="en">
<title>Tandem</title>
<h1>The pages are not built yet</h1>
<p>The server runs, but the folder client/dist is missing. Run <code>npm run build</code>, then load this page again.</p>
</html>
`;

/**
 * Serves the built client: its files, and `index.html` for every address that the client itself resolves.
 * @param folder the build, normally `client/dist`
 */
export function clientPages(folder: string): Router {
  const router = Router();
  const index = join(folder, 'index.html');
  router.use(compression());
  router.use(express.static(folder, { index: false, redirect: false, setHeaders: setCaching }));
  router.use((req, res, next) => {
    const wantsPage = (req.method === 'GET' || req.method === 'HEAD') && req.accepts('html') !== false;
    // A name with an ending is a file: were it there, it would have been served above.
    if (!wantsPage || /\.[a-z0-9]+$/i.test(req.path)) throw notFound('address');
    res.set('Cache-Control', 'no-cache');
    if (!existsSync(index)) {
      res.status(503).type('html').send(NOT_BUILT);
      return;
    }
    res.sendFile(index, { cacheControl: false }, (error: Error | undefined) => {
      // A reader who left before the end is no fault.
      if (error !== undefined && !res.headersSent) next(error);
    });
  });
  return router;
}
