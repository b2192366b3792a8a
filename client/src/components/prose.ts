/** Words with one look. */
export type Span =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'emphasis'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };
/** One paragraph or one list; each line is made of spans. */
export interface Block {
  readonly kind: 'paragraph' | 'list';
  readonly lines: readonly (readonly Span[])[];
}

/** **strong**, *emphasis*, [words](https://address), and addresses as they are. */
const MARKS =
  /\*\*([^*\n]+)\*\*|\*([^*\n]+)\*|\[([^\]\n]+)\]\((https:\/\/[^\s()<>"]+)\)|(https:\/\/[^\s<>"]*[^\s<>".,;:!?)])/g;

function spansOf(line: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of line.matchAll(MARKS)) {
    const [whole, strong, emphasis, words, url, address] = match;
    if (match.index > from) spans.push({ kind: 'plain', text: line.slice(from, match.index) });
    from = match.index + whole.length;
    if (strong !== undefined) spans.push({ kind: 'strong', text: strong });
    else if (emphasis !== undefined) spans.push({ kind: 'emphasis', text: emphasis });
    else if (url !== undefined) spans.push({ kind: 'link', text: words ?? url, url });
    else if (address !== undefined) spans.push({ kind: 'link', text: address, url: address });
  }
  if (from < line.length) spans.push({ kind: 'plain', text: line.slice(from) });
  return spans;
}

const ITEM = /^\s*[-*]\s+/;

/**
 * Light Markdown as blocks: paragraphs, lists, strong and emphasised words, links to https. All else is text as it stands, so that nothing
 * that somebody writes becomes markup.
 */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const part of text.split(/\n\s*\n/)) {
    const own: { kind: Block['kind']; lines: Span[][] }[] = [];
    for (const line of part.split('\n').filter((one) => one.trim() !== '')) {
      const kind = ITEM.test(line) ? 'list' : 'paragraph';
      const spans = spansOf(line.replace(ITEM, '').trim());
      const last = own.at(-1);
      if (last?.kind === kind) last.lines.push(spans);
      else own.push({ kind, lines: [spans] });
    }
    blocks.push(...own);
  }
  return blocks;
}

/** Light Markdown as one line of plain words, such as for a preview: the items of a list with semicolons between. */
export function plainWords(text: string): string {
  return blocksOf(text)
    .map(({ kind, lines }) =>
      lines.map((spans) => spans.map((span) => span.text).join('')).join(kind === 'list' ? '; ' : ' '),
    )
    .join(' ');
}

/** The host of an address, so that readers see where a link leads; the address itself where it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
