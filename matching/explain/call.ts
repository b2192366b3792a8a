import { challengeCover, challengeValue, type PreparedChallenge } from '../factors/challenge.ts';
import { levelsOf, trlValue } from '../factors/trl.ts';
import type { Features } from '../features.ts';
import type { Model } from '../model.ts';
import { countryName } from '../rules.ts';
import { SCALE } from '../types.ts';
import { evidence, plain, type Account, type View } from './view.ts';
import { listing, opening, sentences } from './phrases.ts';

/** Factor trl in words. */
export function accountOfTrl({ you, they, model }: View): Account {
  const { levels, instrument } = trlValue(you.prepared, they.prepared, model.call);
  if (!levels || !instrument) {
    return plain('TRL is not declared on both sides, so it counts neither for nor against.');
  }
  const [yours, theirs] = levels;
  const wanted = [you, they].filter(({ prepared }) => prepared.wantedLevels !== 0);
  return {
    sentence() {
      const { name, trlMin, trlMax } = instrument;
      const standing =
        yours === theirs
          ? `both solutions are at TRL ${yours}`
          : `your solution is at TRL ${yours}, theirs at TRL ${theirs}`;
      return sentences(
        `${name} is for TRL ${trlMin} to ${trlMax}: ${standing}.`,
        wanted.length > 0 ? 'The TRL that a need asks for counts too.' : undefined,
      );
    },
    evidence() {
      return [
        ...evidence(you, 'solutions.trl', [`${yours}`]),
        ...evidence(they, 'solutions.trl', [`${theirs}`]),
        ...wanted.flatMap((one) =>
          evidence(one, 'needs.trl', levelsOf(one.prepared.wantedLevels).map(String)),
        ),
      ];
    },
    youBring: yours > theirs ? [`the more mature solution (TRL ${yours})`] : [],
    theyBring: theirs > yours ? [`the more mature solution (TRL ${theirs})`] : [],
  };
}

/** The terms of a challenge that one side covers. */
function coveredBy({ prepared }: Features, challenge: PreparedChallenge, { taxonomy }: Model): number[] {
  const cover = challengeCover(prepared, [challenge], taxonomy);
  return challenge.terms.filter((_, i) => (cover[Math.floor(i / 32)] >>> (i % 32)) & 1);
}

/** Factor challenge in words. */
export function accountOfChallenge({ you, they, model, pair }: View): Account {
  const { challenges, taxonomy } = model;
  if (challenges.length === 0) return plain('This call states no challenge in terms.');
  if (!pair.known.challenge) {
    return plain('Terms are not declared on both sides, so the challenges count neither for nor against.');
  }
  if (pair.values.challenge === 0) return plain('Together you cover none of the challenges of this call.');
  return {
    sentence() {
      const challenge = challenges[challengeValue(you.cover, they.cover, challenges).best];
      const [yours, theirs] = [coveredBy(you, challenge, model), coveredBy(they, challenge, model)];
      const together = new Set([...yours, ...theirs]).size;
      const alone = Math.max(yours.length, theirs.length);
      const more =
        together > alone ? `; alone the better of you covers ${alone}` : ', as one of you does alone';
      return `Of the challenge '${opening(challenge.need.words)}' you cover ${together} of ${challenge.terms.length} parts together${more}.`;
    },
    evidence() {
      const challenge = challenges[challengeValue(you.cover, they.cover, challenges).best];
      return [you, they].flatMap((one) => {
        const covered = coveredBy(one, challenge, model).map((number) => taxonomy.id(number));
        return evidence(one, 'solutions', covered);
      });
    },
  };
}

/** Factor reach in words. */
export function accountOfReach({ you, they, pair, model }: View): Account {
  return {
    sentence() {
      const countries = [you, they].map(({ prepared }) => prepared.profile.country);
      if (model.call.crossBorder === 'bonus' && countries[0] === countries[1]) {
        return `Both are based in ${countryName(countries[0])}: partners from another country would count twice as much here.`;
      }
      const names = listing(countries.map(countryName));
      return pair.values.reach >= (SCALE * 7) / 10
        ? `${names} are little represented so far, so this pair widens the reach of the call.`
        : `${names}: the fewer SMEs and consortia a country or cluster has so far, the more this counts.`;
    },
    evidence() {
      return [you, they].flatMap((one) => {
        const { country, clusterId } = one.prepared.profile;
        return [
          ...evidence(one, 'country', [country]),
          ...evidence(one, 'clusterId', clusterId === null ? [] : [clusterId]),
        ];
      });
    },
  };
}
