/** 'a', 'a and b', 'a, b and c'; the rest is counted: 'a, b and 4 more'. */
export function listing(items: readonly string[], most = 3): string {
  const shown = items.length > most ? items.slice(0, most - 1) : [...items];
  const more = items.length - shown.length;
  if (more > 0) shown.push(`${more} more`);
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** A label inside a sentence: 'Network and Distributed Systems' loses its capitals, 'DLT', 'UAV' and 'IoT' keep theirs. */
export const inSentence = (label: string): string =>
  label.replace(/(?<!\p{L})\p{Lu}\p{Ll}+(?!\p{L})/gu, (word) => word.toLowerCase());

/** A share of SCALE as a whole per cent. */
export const percent = (value: number): string => `${Math.round(value / 10_000)} %`;

/** The start of a longer text, cut at a word. */
export function opening(text: string, most = 80): string {
  const clean = text.trim().replace(/\s+/g, ' ');
  if (clean.length <= most) return clean;
  return `${clean.slice(0, clean.lastIndexOf(' ', most)).replace(/[,.;:]$/, '')} …`;
}

/** Joins sentences, leaving out what has nothing to say. */
export const sentences = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' ');
