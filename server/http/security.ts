import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Address } from './address.ts';
import { HttpProblem } from './errors.ts';

/**
 * Security headers of every answer. The content policy starts from nothing and names what the client needs: its own scripts, styles,
 * images, fonts and connections; no inline code, no frames, no foreign hosts.
 */
export function securityHeaders(https: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes that a page of another site sends with the reader's cookie (CSRF). Browsers say where a request comes from in
 * Sec-Fetch-Site; where that is missing (old browsers, programs), Origin must be our own. `SameSite=Lax` and JSON-only bodies stand
 * behind this. Method: OWASP CSRF prevention cheat sheet, Fetch Metadata with Origin as the fallback.
 */
export function sameOriginOnly(address: Address): RequestHandler {
  return (req, _res, next) => {
    if (SAFE_METHODS.has(req.method)) {
      next();
      return;
    }
    const site = req.get('Sec-Fetch-Site');
    const origin = req.get('Origin');
    const ours = site === undefined ? origin !== undefined && address.allows(origin) : site === 'same-origin';
    if (!ours) {
      throw new HttpProblem({
        status: 403,
        code: 'cross-site',
        detail: `Changes are taken from pages of ${address.publicUrl()} only. Programs send that address in the header Origin.`,
      });
    }
    next();
  };
}

/** Answers of the API are for the one who asked: no cache may keep them. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};
