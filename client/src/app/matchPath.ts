function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    // A wrong percent-encoding: taken as it stands, it fits no id.
    if (error instanceof URIError) return part;
    throw error;
  }
}

/** Values of the `:names` of a pattern such as `/smes/:smeId`, or null where the path is another one. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.replace(/(.)\/$/, '$1').split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decoded(value);
    else if (part !== value) return null;
  }
  return params;
}
