/**
 * A name as it is searched and sorted: lower case, without diacritics, punctuation as spaces, so that 'Médián' is found by 'median'.
 * `ß`, `ø`, `ł` and their like do not decompose, so they are spelled out.
 */
export function searchName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßøłđðþæœıħ]/g, (letter) => SPELLED[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
};

/** Pattern that finds what somebody typed anywhere in a search name; nothing typed is read as an expression. */
export function searchPattern(typed: string): RegExp {
  return new RegExp(searchName(typed).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
}

/** True where a text holds what somebody typed, compared as search names; also where nothing was typed. */
export function hasWords(typed: string | undefined, text: string): boolean {
  return searchName(text).includes(searchName(typed ?? ''));
}
