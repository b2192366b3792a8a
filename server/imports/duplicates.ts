import { JaroWinklerDistance } from 'natural/lib/natural/distance/index.js';
import { searchName } from '../smes/search-name.ts';

/*
 * The same company under another spelling. Problem: find, for each of n rows, a company among m that seems the same, without comparing
 * n x m names. Method: blocking keys (Fellegi and Sunter 1969): only companies that share a key are compared; names within a block by
 * Jaro-Winkler similarity (Winkler 1990). A block of names is cut at MAX_BLOCK, so the work grows linearly with the rows.
 */

/** Names at least this similar (0 to 1) are offered as duplicates. Stated in docs/import.md. */
export const SIMILARITY_THRESHOLD = 0.94;
/** Most names of one block that a name is compared with. */
const MAX_BLOCK = 200;
/** Shorter names differ by too little to be called similar. */
const MIN_SIMILAR_LENGTH = 6;

/** What is compared of a company. */
export interface Company {
  readonly name: string;
  readonly country: string;
  readonly website: string | null;
  readonly externalId: string | null;
  /** Where the external id comes from; ids of different sources say nothing about each other. */
  readonly source: string | null;
}

export interface DuplicateMatch<R> {
  readonly ref: R;
  readonly company: Company;
  /** Why they seem the same, as half a sentence. */
  readonly because: string;
}

/** Legal forms of the countries concerned, as they read once punctuation is gone and single letters are joined. */
const LEGAL_FORMS = new Set(
  (
    'ltd limited llp llc plc cic inc incorporated corp corporation co company ' +
    'gmbh mbh ag kg ohg ug ev eg ges gesmbh ' +
    'sa sas sasu sarl eurl sci scop sprl srl sprlu bvba bv nv vof cvba asbl vzw ' +
    'spa sapa srls snc scarl soc coop ' +
    'sl slu slne sau sll sociedad limitada anonima cooperativa lda unipessoal sgps ' +
    'ab aktiebolag oy oyj as asa ans aps a/s is ehf hf ohf ' +
    'doo dd ood eood ad ead sro spol zrt kft bt nyrt spzoo zoo sp jawna ska oü ou uab mb sia tov too ' +
    'epe ae ee oe ike anonymi etaireia etaireia periorismenis efthynis eteria ' +
    'srlu snd sti anonim sirketi'
  ).split(' '),
);

/** A company name for comparison: folded, without legal forms; 'S.R.L.' and 'Sp. z o.o.' lose their dots first. */
export function comparableName(name: string): string {
  const words = joinSingleLetters(
    searchName(name)
      .replace(/\bsp z o ?o\b/g, 'spzoo')
      .split(' '),
  );
  const kept = words.filter((word) => !LEGAL_FORMS.has(word) && word !== 'and' && word !== 'the');
  return (kept.length > 0 ? kept : words).join(' ');
}

/** 's r l' to 'srl', so that it is known as a legal form. */
function joinSingleLetters(words: readonly string[]): string[] {
  const joined: string[] = [];
  let run = '';
  for (const word of words) {
    if (/^\p{L}$/u.test(word)) {
      run += word;
      continue;
    }
    if (run !== '') joined.push(run);
    run = '';
    joined.push(word);
  }
  if (run !== '') joined.push(run);
  return joined;
}

/** Host of a web address without 'www.'; null where there is none, or where it is a shared host that says nothing of the company. */
export function websiteHost(website: string | null): string | null {
  const host = website
    ?.trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^w{3,4}\d?\./, '')
    .split(/[/?#:]/, 1)[0];
  if (host === undefined || host === '' || SHARED_HOSTS.test(host)) return null;
  return host;
}

const SHARED_HOSTS =
  /(^|\.)(facebook\.com|linkedin\.com|twitter\.com|x\.com|wordpress\.com|blogspot\.com|wixsite\.com|github\.io|google\.com)$/;

interface Entry<R> {
  readonly company: Company;
  readonly ref: R;
  readonly comparable: string;
}

/** Companies that are known already, by their blocking keys. `R` is how the caller refers to one. */
export class DuplicateIndex<R> {
  readonly #byKey = new Map<string, Entry<R>[]>();

  add(company: Company, ref: R): void {
    const entry = { company, ref, comparable: comparableName(company.name) };
    for (const key of keysOf(company, entry.comparable)) {
      const block = this.#byKey.get(key);
      if (block) block.push(entry);
      else this.#byKey.set(key, [entry]);
    }
  }

  /** The known company that seems the same as this one, by the strongest sign; undefined where there is none. */
  find(company: Company): DuplicateMatch<R> | undefined {
    const comparable = comparableName(company.name);
    let similar: DuplicateMatch<R> | undefined;
    for (const key of keysOf(company, comparable)) {
      const block = this.#byKey.get(key) ?? [];
      for (const entry of block.slice(0, MAX_BLOCK)) {
        if (differentForCertain(company, entry.company)) continue;
        const because = reasonFor(key, company, comparable, entry);
        if (because === null) continue;
        const match = { ref: entry.ref, company: entry.company, because };
        if (!key.startsWith('near:')) return match;
        similar ??= match;
      }
    }
    return similar;
  }
}

/** Strongest first. The digits of a name are part of its near keys: 'Unit 7' and 'Unit 8' are two. */
function keysOf(company: Company, comparable: string): string[] {
  const host = websiteHost(company.website);
  const digits = comparable.replace(/\D+/g, ' ').trim();
  const compact = comparable.replaceAll(' ', '');
  const longest = comparable.split(' ').reduce((a, b) => (b.length > a.length ? b : a), '');
  return [
    ...(company.externalId === null ? [] : [`id:${company.source ?? ''}:${company.externalId}`]),
    `name:${company.country}:${compact}`,
    ...(host === null ? [] : [`host:${company.country}:${host}`]),
    `near:${company.country}:${digits}:a:${compact.slice(0, 4)}`,
    `near:${company.country}:${digits}:b:${longest}`,
  ];
}

/** Two ids of one source are two companies, whatever their names. */
function differentForCertain(a: Company, b: Company): boolean {
  return (
    a.externalId !== null && b.externalId !== null && a.source === b.source && a.externalId !== b.externalId
  );
}

function reasonFor<R>(key: string, company: Company, comparable: string, entry: Entry<R>): string | null {
  if (key.startsWith('id:')) return `same id '${company.externalId ?? ''}'`;
  if (key.startsWith('name:')) {
    return company.name === entry.company.name
      ? 'same name and country'
      : 'same name and country but for spelling and legal form';
  }
  if (key.startsWith('host:')) return `same website and country (${websiteHost(company.website) ?? ''})`;
  if (Math.min(comparable.length, entry.comparable.length) < MIN_SIMILAR_LENGTH) return null;
  const similarity = JaroWinklerDistance(comparable, entry.comparable);
  if (similarity < SIMILARITY_THRESHOLD) return null;
  return `same country and a very similar name (${Math.floor(similarity * 100)} %)`;
}
