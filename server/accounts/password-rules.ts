import { readFileSync } from 'node:fs';

/** Shipped list of common passwords; its source is in server/reference/README.md. */
const LIST = new URL('../reference/passwords/common.txt', import.meta.url);

/** Who will use the password, and where: these words must not be what it is made of. */
export interface PasswordContext {
  email: string;
  name: string;
  organisation: string | null;
}

let common: ReadonlySet<string> | undefined;

function commonPasswords(): ReadonlySet<string> {
  common ??= new Set(readFileSync(LIST, 'utf8').split('\n'));
  return common;
}

/** Rows that fingers walk along, and what people count up. */
const WALKS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '1q2w3e4r5t6y7u8i9o0p',
  'qazwsxedcrfvtgbyhnujmikolp',
].flatMap((row) => [row, Array.from(row).reverse().join('')]);

const DISGUISES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** `P@ssw0rd` as it is meant: `password`. */
function undisguised(text: string): string {
  return text.replace(/[013457@$!]/g, (sign) => DISGUISES[sign] ?? sign);
}

/** What is left of `Summer2026!!` without the digits and signs around it. */
function core(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

/** The shortest part that the whole text repeats: `abc` for `abcabcabcabc`, else the text. */
function repeatedPart(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const part = text.slice(0, length);
    if (part.repeat(Math.ceil(text.length / length)).startsWith(text)) return part;
  }
  return text;
}

/** Taken apart into pieces of walks of at least four keys, nothing much is left. */
function isWalk(text: string): boolean {
  let rest = text;
  while (rest.length > 0) {
    let length = rest.length;
    while (length >= 4 && !WALKS.some((walk) => walk.includes(rest.slice(0, length)))) length -= 1;
    if (length < 4) return rest.length <= 2 && rest.length < text.length;
    rest = rest.slice(length);
  }
  return true;
}

function isCommon(text: string): boolean {
  const bare = core(text);
  const forms = [
    text,
    bare,
    undisguised(text),
    core(undisguised(text)),
    undisguised(bare),
    repeatedPart(text),
  ];
  return forms.some((form) => form.length > 4 && commonPasswords().has(form));
}

/** Words of the context that are long enough to be told apart from chance. */
function contextWords(context: PasswordContext): string[] {
  const [local = '', domain = ''] = context.email.toLowerCase().split('@');
  const texts = [
    local,
    domain.split('.').slice(0, -1).join(' '),
    context.name,
    context.organisation ?? '',
    'tandem',
  ];
  return texts
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .concat(local)
    .filter((word) => word.length >= 4);
}

/** Less than this must remain when the context's words are taken out, or the words are the password. */
const OWN_PART_MIN = 8;

function isOwnName(text: string, context: PasswordContext): boolean {
  const words = contextWords(context).sort((left, right) => right.length - left.length);
  const left = words.reduce((rest, word) => rest.replaceAll(word, ''), text);
  return left.length < text.length && left.replace(/[^\p{L}\p{N}]/gu, '').length < OWN_PART_MIN;
}

/**
 * Why a password of allowed length is still refused, as a sentence for the person; null: it may be used. There are no rules of
 * composition (OWASP ASVS 5.0, 6.2.5): only what is guessed first is refused.
 */
export function weaknessOf(password: string, context: PasswordContext): string | null {
  const text = password.toLowerCase();
  if (new Set(text).size < 5) return 'uses too few different characters';
  if (repeatedPart(text).length < 6) return 'repeats the same few characters';
  if (isWalk(text)) return 'is a row of keys or a count';
  if (isCommon(text))
    return 'is among the passwords that are tried first; choose something that nobody else would';
  if (isOwnName(text, context)) {
    return 'is made of your name, e-mail address, organisation or of "tandem"; choose something that nobody would guess';
  }
  return null;
}
