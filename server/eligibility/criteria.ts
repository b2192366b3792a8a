import { ownRefusals, refusals } from '../../matching/index.ts';
import type { Call, Profile, ReasonCode } from '../../matching/types.ts';
import type { CallNow } from '../calls/store.ts';
import type { Answer, Criterion, CriterionCode } from './schema.ts';

/*
 * The hard rules as answers for people: each rule with yes, no or not yet known, and what to do. Whether a rule is broken is asked of the
 * engine's own rules, so that what is said here and what is matched cannot differ; added is what the engine lets pass because it is not
 * declared yet.
 */

export interface CriteriaOptions {
  readonly call: CallNow;
  /** The same call as the engine takes it, with who is taken. */
  readonly rules: Call;
  readonly countryName: (code: string) => string;
}

/** Of all rules: the worst answer decides. */
export function answerOf(criteria: readonly Criterion[]): Answer {
  if (criteria.some(({ answer }) => answer === 'no')) return 'no';
  return criteria.some(({ answer }) => answer === 'not-yet-known') ? 'not-yet-known' : 'yes';
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const dayOf = (iso: string): string => day.format(new Date(iso));

/** Whether the call takes consortia at all. */
export function callCriterion({ state, opens, closes }: CallNow): Criterion {
  const words = {
    draft: ['not-yet-known', `It is not open yet; it is to open on ${dayOf(opens)}.`],
    open: ['yes', `It is open; its closing day is ${dayOf(closes)}.`],
    closed: ['no', 'It is closed: no consortium can be formed for it any more.'],
    decided: ['no', 'It is decided: no consortium can be formed for it any more.'],
  } as const;
  const [answer, sentence] = words[state];
  const todo = answer === 'no' ? 'Look at the other calls.' : null;
  return { code: 'call-open', smeIds: [], answer, sentence, todo, section: null };
}

type Part = Pick<Criterion, 'answer' | 'sentence'> & Partial<Pick<Criterion, 'todo' | 'section'>>;

/** What the rules about one SME say of it. */
export function ownCriteria(sme: Profile, options: CriteriaOptions): Criterion[] {
  const broken = new Map(ownRefusals(sme, options.rules).map(({ code, sentence }) => [code, sentence]));
  const parts: readonly (readonly [CriterionCode, Part])[] = [
    ['country', countryPart(sme, broken, options)],
    ['sme', sizePart(sme, broken)],
    ['trl', trlPart(sme, broken, options.call)],
    ['available', availablePart(sme, broken)],
    ['free', freePart(sme, broken)],
  ];
  return parts.map(([code, part]) => ({ code, smeIds: [sme.id], todo: null, section: null, ...part }));
}

type Broken = ReadonlyMap<ReasonCode, string>;

function countryPart(sme: Profile, broken: Broken, { call, countryName }: CriteriaOptions): Part {
  const { name, asOf } = call.countryList;
  const where = `the list of this call (${name}, as of ${dayOf(asOf)})`;
  return broken.has('country-not-eligible')
    ? {
        answer: 'no',
        sentence: `${countryName(sme.country)} is not on ${where}.`,
        todo: 'Only a company that is established in a country of the list can take part. Check the country in the profile.',
        section: 'company',
      }
    : { answer: 'yes', sentence: `${countryName(sme.country)} is on ${where}.` };
}

function sizePart({ name, sizeClass }: Profile, broken: Broken): Part {
  const refused = broken.get('not-an-sme');
  if (refused !== undefined) {
    return {
      answer: 'no',
      sentence: refused,
      todo: 'Check the figures of the declaration.',
      section: 'declaration',
    };
  }
  if (sizeClass === 'not-yet-declared') {
    return {
      answer: 'not-yet-known',
      sentence: `${name} has not declared its size yet.`,
      todo: 'Give the headcount, and the turnover or the balance sheet, in the declaration.',
      section: 'declaration',
    };
  }
  return {
    answer: 'yes',
    sentence: `${name} is a ${sizeClass} enterprise by its own declaration (Recommendation 2003/361/EC).`,
  };
}

function trlPart({ name, solutions }: Profile, broken: Broken, call: CallNow): Part {
  const window = `TRL ${call.trlEntryMin} to TRL ${Math.max(...call.instruments.map(({ trlMax }) => trlMax))}`;
  const refused = broken.get('trl-outside-window');
  if (refused !== undefined) {
    return {
      answer: 'no',
      sentence: refused,
      todo: `Describe a solution between ${window}, if there is one.`,
      section: 'solutions',
    };
  }
  const inside = solutions.find(
    ({ trl }) =>
      trl !== null && trl >= call.trlEntryMin && call.instruments.some(({ trlMax }) => trl <= trlMax),
  );
  if (inside) {
    return { answer: 'yes', sentence: `"${inside.title}" is at TRL ${inside.trl ?? ''}, inside ${window}.` };
  }
  const none = solutions.length === 0;
  return {
    answer: 'not-yet-known',
    sentence: none
      ? `${name} has not described a solution yet.`
      : `${name} has not declared the readiness level (TRL) of its solutions yet.`,
    todo: none ? 'Describe a solution and its TRL.' : `Declare the TRL; this call takes ${window}.`,
    section: 'solutions',
  };
}

const availablePart = ({ name }: Profile, broken: Broken): Part =>
  broken.has('unavailable')
    ? {
        answer: 'no',
        sentence: `${name} is marked as not available.`,
        todo: 'Mark the company as available in its profile.',
        section: 'company',
      }
    : { answer: 'yes', sentence: `${name} takes part in matching.` };

const freePart = ({ name }: Profile, broken: Broken): Part =>
  broken.has('already-in-consortium')
    ? {
        answer: 'no',
        sentence: broken.get('already-in-consortium') ?? '',
        todo: 'A company is in one consortium of a call at most; it is free again when it leaves the other one.',
      }
    : { answer: 'yes', sentence: `${name} is in no other consortium of this call.` };

/** What the rules about two SMEs say, beside what they say of each. */
export function pairCriteria(a: Profile, b: Profile, options: CriteriaOptions): Criterion[] {
  const broken = new Map(refusals(a, b, options.rules).map(({ code, sentence }) => [code, sentence]));
  const { countryName } = options;
  const excluded = broken.has('conflict-of-interest') || broken.has('declined');
  const [one, other] = [countryName(a.country), countryName(b.country)];
  const sameCountry = broken.get('same-country');
  const countries: Part =
    sameCountry !== undefined
      ? { answer: 'no', sentence: sameCountry, todo: 'Look for a partner in another country of the list.' }
      : a.country === b.country
        ? {
            answer: 'yes',
            sentence: `Both are based in ${one}; this call allows it, two countries would do better.`,
          }
        : { answer: 'yes', sentence: `${one} and ${other} are two different countries.` };
  const linked = broken.get('not-independent');
  const independent: Part =
    linked !== undefined
      ? { answer: 'no', sentence: linked, todo: 'Look for a partner outside the group.' }
      : { answer: 'yes', sentence: 'No common group of companies is declared.' };
  // Who said so is nobody's business but theirs.
  const open: Part = excluded
    ? { answer: 'no', sentence: 'This pair is not proposed at the moment.', todo: 'Look at other partners.' }
    : { answer: 'yes', sentence: 'Nothing that either side declared stands against it.' };
  const parts: readonly (readonly [CriterionCode, Part])[] = [
    ['two-countries', countries],
    ['independent', independent],
    ['not-excluded', open],
  ];
  return parts.map(([code, part]) => ({ code, smeIds: [a.id, b.id], todo: null, section: null, ...part }));
}
