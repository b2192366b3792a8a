import { challengeCover, challengeValue } from '../factors/challenge.ts';
import { levelsOf, trlValue } from '../factors/trl.ts';
import { countryName } from '../rules.ts';
import { SCALE } from '../types.ts';
import { evidence, type Account, type View } from './view.ts';
import { listing, opening, sentences } from './phrases.ts';

/** Factor trl in words. */
export function accountOfTrl({ you, they, model }: View): Account {
  const fit = trlValue(you.prepared, they.prepared, model.call);
  if (!fit.levels || !fit.instrument) {
    return {
      sentence: 'TRL is not declared on both sides, so it counts neither for nor against.',
      evidence: [],
    };
  }
  const [yours, theirs] = fit.levels;
  const { name, trlMin, trlMax } = fit.instrument;
  const gap = Math.abs(yours - theirs);
  const lead = gap === 0 ? 'neither leads' : `${yours > theirs ? 'yours' : 'theirs'} leads by ${gap}`;
  const wanted = [you, they].filter(({ prepared }) => prepared.wantedLevels !== 0);
  return {
    sentence: sentences(
      `Your solution at TRL ${yours} and theirs at TRL ${theirs} (${lead}) are set against ${name}, TRL ${trlMin} to ${trlMax}.`,
      wanted.length > 0 ? 'The TRL that was asked for is taken into account.' : undefined,
    ),
    evidence: [
      ...evidence(you, 'solutions.trl', [`${yours}`]),
      ...evidence(they, 'solutions.trl', [`${theirs}`]),
      ...wanted.flatMap((one) => evidence(one, 'needs.trl', levelsOf(one.prepared.wantedLevels).map(String))),
    ],
    youBring: yours > theirs ? [`the more mature solution (TRL ${yours})`] : [],
    theyBring: theirs > yours ? [`the more mature solution (TRL ${theirs})`] : [],
  };
}

/** Factor challenge in words. */
export function accountOfChallenge({ you, they, model }: View): Account {
  const { challenges, taxonomy } = model;
  const { best, known, value } = challengeValue(you.cover, they.cover, challenges);
  if (challenges.length === 0) return { sentence: 'This call states no challenge in terms.', evidence: [] };
  if (!known) {
    const sentence = 'Terms are not declared on both sides, so the challenges count neither for nor against.';
    return { sentence, evidence: [] };
  }
  if (value === 0)
    return { sentence: 'Together you cover none of the challenges of this call.', evidence: [] };
  const { need, terms } = challenges[best];
  const chosen = [challenges[best]];
  const covered = [you, they].map(({ prepared }) => {
    const cover = challengeCover(prepared, chosen, taxonomy);
    return terms.filter((_, i) => (cover[Math.floor(i / 32)] >>> (i % 32)) & 1);
  });
  const together = new Set(covered.flat()).size;
  const alone = Math.max(...covered.map((one) => one.length));
  const more = together > alone ? `; alone the better of you covers ${alone}` : ', as one of you does alone';
  return {
    sentence: `Of the challenge '${opening(need.words)}' you cover ${together} of ${terms.length} parts together${more}.`,
    evidence: [you, they].flatMap((one, i) =>
      evidence(
        one,
        'solutions',
        covered[i].map((number) => taxonomy.id(number)),
      ),
    ),
  };
}

/** Factor reach in words. */
export function accountOfReach({ you, they, pair, model }: View): Account {
  const countries = [you, they].map(({ prepared }) => prepared.profile.country);
  const names = listing(countries.map(countryName));
  const sameCountry = model.call.crossBorder === 'bonus' && countries[0] === countries[1];
  const rare = pair.values.reach >= (SCALE * 7) / 10;
  return {
    sentence: sameCountry
      ? `Both are based in ${countryName(countries[0])}: partners from another country would count twice as much here.`
      : rare
        ? `${names} are little represented so far, so this pair widens the reach of the call.`
        : `${names}: the fewer SMEs and consortia a country or cluster has so far, the more this counts.`,
    evidence: [you, they].flatMap((one, i) => [
      ...evidence(one, 'country', [countries[i]]),
      ...evidence(
        one,
        'clusterId',
        one.prepared.profile.clusterId === null ? [] : [one.prepared.profile.clusterId],
      ),
    ]),
  };
}
