const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const pairs = {
  lead: 'The best set of consortia of two that can be made now: each SME at most once, across borders, every rule kept. It follows the room by itself.',
  figures: 'In figures',
  pairsMade: 'pairs',
  alone: 'SMEs without a partner',
  combinations: 'country combinations',
  ofBound: 'of the best possible sum',
  proven: 'Proven: no other set has a larger sum of scores.',
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
