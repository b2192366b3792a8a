import { sharedTerms } from '../factors/domain.ts';
import { likeness } from '../text/weighing.ts';
import { SCALE, type MarketRole, type TermId } from '../types.ts';
import { evidence, type Account, type View } from './view.ts';
import { inSentence, listing, percent, sentences } from './phrases.ts';

const YOU: Record<MarketRole, string> = {
  'security-market': 'you know the security market',
  'deep-tech': 'you bring the technology',
};
const THEY: Record<MarketRole, string> = {
  'security-market': 'they know the security market',
  'deep-tech': 'they bring the technology',
};
const BRINGS: Record<MarketRole, string> = {
  'security-market': 'access to the security market',
  'deep-tech': 'deep technology',
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const roleSentence = (you: MarketRole | null, they: MarketRole | null): string | undefined => {
  if (you === null || they === null) return undefined;
  if (you === they)
    return you === 'deep-tech'
      ? 'Both of you bring technology.'
      : 'Both of you sell into the security market.';
  return `${capital(YOU[you])}, ${THEY[they]}.`;
};

const fieldSentence = (
  yours: readonly TermId[],
  theirs: readonly TermId[],
  label: (term: TermId) => string,
): string | undefined => {
  if (yours.length === 0 || theirs.length === 0) return undefined;
  const shared = sharedTerms(yours, theirs);
  if (shared.length === 0) return 'You have no field of application in common.';
  return `Both of you work for ${listing(shared.map((term) => inSentence(label(term))))}.`;
};

/** What a role brings to the other one. */
const brings = (own: MarketRole | null, other: MarketRole | null): string[] =>
  own !== null && own !== other ? [BRINGS[own]] : [];

/** Factor domain in words. */
export function accountOfDomain({ you, they, model: { taxonomy }, pair }: View): Account {
  const [yours, theirs] = [you.prepared, they.prepared];
  const roles = [yours.profile.marketRole, theirs.profile.marketRole] as const;
  return {
    sentence() {
      const copy =
        pair.fresh < SCALE
          ? `Your descriptions are alike to ${percent(likeness(you.answer, they.answer))}, as those of competitors are, so this is marked down.`
          : undefined;
      const fields = fieldSentence(yours.fields, theirs.fields, (term) => taxonomy.label(term));
      const said = sentences(roleSentence(...roles), fields, copy);
      return said === ''
        ? 'Role and field are not declared on both sides, so this counts neither for nor against.'
        : said;
    },
    evidence() {
      const fields = sharedTerms(yours.fields, theirs.fields);
      const sectors = sharedTerms(yours.sectors, theirs.sectors);
      return [you, they].flatMap((one) => {
        const { marketRole } = one.prepared.profile;
        return [
          ...evidence(one, 'marketRole', marketRole === null ? [] : [marketRole]),
          ...evidence(one, 'solutions.fields', fields),
          ...evidence(one, 'solutions.sectors', sectors),
        ];
      });
    },
    youBring: brings(roles[0], roles[1]),
    theyBring: brings(roles[1], roles[0]),
  };
}
