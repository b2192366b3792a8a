/**
 * What a spreadsheet program would run instead of show, if somebody opens the data there later (CSV injection, OWASP). Names of real
 * companies begin with '@' and texts with a dash, so a cell is judged by what follows the sign.
 */

/** What is allowed, in words for the report. */
export const PLAIN_CELL =
  'plain text; a cell must not begin with = or a tab or line break, nor with +, - or @ where a formula follows';

/** '+33 1 23 45 67 89', '-3.5', '+4 %': a number or a phone number. */
const NUMBER = /^[+-][\d\s().,/%€-]*$/u;
/** '- detectors for smoke', '-low power design': two words in a row are no formula. */
const DASH_TEXT = /^[+-]+\s*\p{L}[\p{L}\p{N}'’-]*,?\s+\p{L}/u;
/** '@ MEDIASERVICE.NET SRL', '@home': words and the punctuation of names. */
const AT_TEXT = /^@\s*[\p{L}\p{N}][\p{L}\p{N}\s.,&'’-]*$/u;
/** '@A1' and '@R1C1' are references to cells. */
const AT_REFERENCE = /^@\s*(\$?[A-Z]{1,3}\$?\d+|R\d+C\d+)$/i;

/** True where a spreadsheet would take the cell for a formula. */
export function isFormula(cell: string): boolean {
  if (/^[\t\r\n]/.test(cell)) return true;
  // The full-width signs ＝＋－＠ are read as formulas by some locales: NFKC makes them plain.
  const text = cell.slice(0, 200).normalize('NFKC').trim();
  switch (text[0]) {
    case '=':
      return true;
    case '@':
      return AT_REFERENCE.test(text) || !AT_TEXT.test(text);
    case '+':
    case '-':
      return !NUMBER.test(text) && (text.includes('|') || !DASH_TEXT.test(text));
    default:
      return false;
  }
}
