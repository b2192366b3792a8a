import { sharedLanguages } from '../factors/practical.ts';
import type { Profile } from '../types.ts';
import { evidence, type Account, type View } from './view.ts';
import { listing, sentences } from './phrases.ts';

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });
const languageName = (code: string): string =>
  /^[a-z]{2,3}$/.test(code) ? (languageNames.of(code) ?? code) : code;

const isSize = ({ sizeClass }: Profile): boolean =>
  sizeClass !== 'not-yet-declared' && sizeClass !== 'not-an-sme';

const languageSentence = (you: Profile, they: Profile): string | undefined => {
  if (you.languages.length === 0 || they.languages.length === 0) return undefined;
  const shared = sharedLanguages(you, they);
  return shared.length === 0
    ? 'You have no working language in common.'
    : `You can work together in ${listing(shared.map(languageName))}.`;
};

const sizeSentence = (you: Profile, they: Profile): string | undefined => {
  if (!isSize(you) || !isSize(they)) return undefined;
  return you.sizeClass === they.sizeClass
    ? `Both of you are ${you.sizeClass} companies.`
    : `You are a ${you.sizeClass} company, they are a ${they.sizeClass} one.`;
};

/** Factor practical in words. */
export function accountOfPractical({ you, they }: View): Account {
  const [yours, theirs] = [you.prepared.profile, they.prepared.profile];
  return {
    sentence() {
      const said = sentences(languageSentence(yours, theirs), sizeSentence(yours, theirs));
      return said === ''
        ? 'Languages and sizes are not declared on both sides, so they count neither for nor against.'
        : said;
    },
    evidence() {
      const shared = sharedLanguages(yours, theirs);
      return [you, they].flatMap((one) => [
        ...evidence(one, 'languages', shared),
        ...evidence(one, 'sizeClass', isSize(one.prepared.profile) ? [one.prepared.profile.sizeClass] : []),
      ]);
    },
  };
}
