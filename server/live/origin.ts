import type { IncomingMessage } from 'node:http';

/**
 * Whether a socket may be opened from where the request comes from. WebSockets are not held by CORS, and the browser sends the session's
 * cookie along: without this check any page in the web could read along (OWASP ASVS 5.0, 4.4.2).
 *
 * A WebSocket and a POST always carry an Origin, which must be our own. A GET of the polling transport from our own page carries none; it
 * must not be marked as coming from elsewhere (other pages could not read the answer in any case).
 */
export function mayConnect(request: IncomingMessage, allows: (origin: string) => boolean): boolean {
  const { origin, upgrade } = request.headers;
  if (origin !== undefined) return allows(origin);
  if (upgrade !== undefined || request.method !== 'GET') return false;
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
}
