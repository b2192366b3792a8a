/** Where to go after sign-in: only a path of this site, never another host. */
export function nextPath(asked: string | null): string | null {
  return asked !== null && /^\/(?![/\\])/.test(asked) ? asked : null;
}
