const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const pairs = {
  lead: 'The best set of consortia of two that can be made now: each SME at most once, across borders, every rule kept. It follows the room by itself.',
  figures: 'In figures',
  pairsMade: 'pairs',
  alone: 'SMEs without a partner',
  combinations: 'country combinations',
  ofBound: 'of the best possible sum',
  asked: {
    title: 'What to look for',
    aim: 'What counts most',
    aims: {
      total: 'The largest sum of scores',
      everybody: 'Nobody left out',
      proportional: 'Fair shares',
      minimum: 'The weakest pair as strong as can be',
      stable: 'Nobody would rather swap',
    },
    aimHints: {
      total: 'The best for the room as a whole.',
      everybody: 'As many pairs as can be made; among these sets the one with the largest sum.',
      proportional:
        'As many pairs as can be made; one gives up a share of its score only for a larger share of another.',
      minimum:
        'As many pairs as can be made, none with a lower score than can be avoided; then the largest sum.',
      stable: 'The best two first, then the next best: no two would rather have each other.',
    },
    least: 'Smallest score worth proposing',
    leastHint: 'Pairs below it are left out, even if somebody stays alone.',
    anyScore: 'Any score',
    points: (points: number) => `At least ${points} points`,
  },
  forcing: {
    title: 'What would it cost to pair two companies?',
    first: 'One company',
    second: 'The other company',
    missing: 'Choose a company from the list.',
    ask: 'Work it out',
    inSet: 'These two are a pair of this set anyway: it costs nothing.',
    costs: (share: string) => `Forcing this pair costs the room ${share} of the sum of scores.`,
    brings: (share: string) => `With this pair the scores add up to ${share} more, but the aim is missed.`,
    pairs: (before: number, after: number) =>
      `There would be ${plural(after, 'pair', 'pairs')} instead of ${before}.`,
    notExact: 'One of the two sets is not proven to be the best: the cost may differ a little.',
    lost: (count: number) => `${plural(count, 'pair', 'pairs')} would be given up`,
    gained: (count: number) => `${plural(count, 'other pair', 'other pairs')} would be made`,
    pair: (a: string, b: string) => `${a} and ${b}`,
  },
  running: 'Working out the best pairs …',
  progress: (done: number, total: number) =>
    `${done.toLocaleString('en')} of ${total.toLocaleString('en')} companies compared`,
  stop: 'Stop',
  stopped: 'Stopped before the pairs were found.',
  again: 'Work them out',
  proven: {
    total: 'Proven: no other set has a larger sum of scores.',
    everybody: 'Proven: no set has more pairs, and none with as many pairs has a larger sum of scores.',
    proportional:
      'Proven: no set has more pairs, and none with as many pairs has a larger product of scores.',
    minimum:
      'Proven: no set has more pairs, none with as many pairs has a stronger weakest pair, and none of these a larger sum of scores.',
  },
  stable: 'No two companies here would rather have each other than the partners they have.',
  price: (share: string) => `This aim costs ${share} of the largest sum that can be reached.`,
  noPrice: 'This aim costs nothing here: no set has a larger sum.',
  atLeast: (share: string) =>
    `The scores of these pairs add up to at least ${share} of what any set could reach.`,
  broken: (count: number) =>
    `${plural(count, 'pair breaks', 'pairs break')} a rule. Do not use this set; tell whoever runs this server.`,
  busiest: 'Most frequent country combinations',
  combination: (a: string, b: string, count: number) => `${a} and ${b}: ${plural(count, 'pair', 'pairs')}`,
  views: 'Which list',
  pairsTab: 'Pairs',
  aloneTab: (count: number) => `Without a partner (${count})`,
  fresh: 'new',
  why: 'Why these two',
  whyOf: (a: string, b: string) => `Why these two: ${a} and ${b}`,
  updated: (time: string) => `As of ${time}`,
  news: (count: number) => plural(count, 'new pair', 'new pairs'),
  noPairs: 'No pairs yet',
  noPairsWhat:
    'Pairs appear as soon as there are SMEs from two countries. Import the members of a cluster to begin.',
  noPairsHere: 'No pair with this country',
  noPairsHereWhat: 'Choose another country, or all countries.',
  nobodyAlone: 'Everybody has a partner',
  nobodyAloneWhat: 'There is nobody left without a partner in this set.',
};
