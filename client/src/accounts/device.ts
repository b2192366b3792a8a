import { t } from '../strings/text.ts';

/** Most telling first: browsers name those that they descend from as well. */
const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const SYSTEMS = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** Browser and system in short, from what the browser says of itself. */
export function deviceOf(userAgent: string): string {
  const parts = [BROWSERS, SYSTEMS].flatMap((known) => {
    const found = known.find(([sign]) => userAgent.includes(sign));
    return found === undefined ? [] : [found[1]];
  });
  return parts.length > 0 ? parts.join(', ') : t.accounts.sessions.unknownDevice;
}
