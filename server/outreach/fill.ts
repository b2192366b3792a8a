import { PLACEHOLDERS, type Placeholder } from './schema.ts';

const BRACES = /\{([^{}\n]*)\}/g;

function isPlaceholder(name: string): name is Placeholder {
  return PLACEHOLDERS.some((known) => known === name);
}

/** Names in braces that no call can fill, in the order of the text. */
export function unknownPlaceholders(template: string): string[] {
  const names = [...template.matchAll(BRACES)].map((match) => match[1] ?? '');
  return [...new Set(names.filter((name) => !isPlaceholder(name)))];
}

/** The template with its placeholders filled; what is in braces and has no value stays as it stands. */
export function fill(template: string, values: Readonly<Record<Placeholder, string>>): string {
  return template.replace(BRACES, (whole, name: string) => (isPlaceholder(name) ? values[name] : whole));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** A text as paragraphs of HTML; everything in it is text, only web addresses become links. */
export function paragraphsOf(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => {
      const safe = escapeHtml(paragraph).replace(
        /https?:\/\/[^\s<]+[^\s<.,;:!?)]/g,
        (url) => `<a href="${url}">${url}</a>`,
      );
      return `<p>${safe.replace(/\n/g, '<br>')}</p>`;
    })
    .join('\n');
}

/** Texts as one HTML page, to be copied into a newsletter. */
export function htmlOf(title: string, parts: readonly { heading: string; words: string }[]): string {
  const body = parts.map(({ heading, words }) => `<h2>${escapeHtml(heading)}</h2>\n${paragraphsOf(words)}`);
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${escapeHtml(title)}</title>\n<h1>${escapeHtml(title)}</h1>\n${body.join('\n')}\n</html>\n`;
}
