import { t } from '../strings/text.ts';

/** Browser and system in short, from what the browser says of itself. */
export function deviceOf(userAgent: string): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(userAgent)?.[1] ?? '';
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[1] ?? '';
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };
  const parts = [browser, system].filter(Boolean).map((part) => names[part] ?? part);
  return parts.length > 0 ? parts.join(', ') : t.accounts.sessions.unknownDevice;
}
