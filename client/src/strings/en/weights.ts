const lists = (count: number): string => (count === 1 ? '1 list' : `${count.toLocaleString('en')} lists`);

/** The weights: sliders, preview, history. */
export const weights = {
  lead: 'How much each of the seven factors counts in every score. Only the proportions matter. Everybody can read the weights; each change is kept with your name.',
  inForce: (version: number, who: string, when: string) => `In force: no. ${version}, by ${who}, ${when}`,
  software: 'the software',
  factors: {
    capability: {
      name: 'Capability',
      what: 'What each offers covers what the other needs, in terms of the taxonomy. Both directions must hold; where few terms are named, the words decide along.',
    },
    text: {
      name: 'Words',
      what: 'The same, in the companies’ own words: needs of one found in the offer of the other.',
    },
    trl: {
      name: 'Maturity',
      what: 'The readiness levels of the two fit the call’s instrument and each other.',
    },
    domain: {
      name: 'Domain',
      what: 'A security-market company with a deep-tech company, in a shared field, and not near-copies of each other.',
    },
    challenge: {
      name: 'Challenge',
      what: 'Together they cover more of a stated need of the demand side than either does alone.',
    },
    reach: {
      name: 'Reach',
      what: 'Countries and clusters that are not yet covered count more.',
    },
    practical: {
      name: 'Practical',
      what: 'A common working language and sizes that can work together.',
    },
  },
  share: (percent: string) => `${percent} % of the score`,
  changedFrom: (value: number) => `was ${value}`,
  number: (name: string) => `${name}, as a number from 0 to 100`,
  slider: (name: string) => `${name}, from 0 to 100`,
  reset: 'Reset the sliders',
  save: 'Save …',
  allZero: 'At least one weight must be above 0.',

  preview: {
    title: 'What would change',
    none: 'Move a slider to see what would change, for whom, before anything is saved.',
    running: 'Working out all lists under these weights …',
    progress: (done: number, total: number) =>
      `${done.toLocaleString('en')} of ${total.toLocaleString('en')} lists`,
    cancel: 'Stop the preview',
    stopped: 'The preview was stopped.',
    again: 'Work it out',
    changed: 'lists with other partners',
    reordered: 'lists in another order',
    untouched: 'lists untouched',
    split: (changed: number, reordered: number, untouched: number) =>
      `${lists(changed)} with other partners, ${reordered.toLocaleString('en')} in another order, ${untouched.toLocaleString('en')} untouched`,
    entering: (count: number) =>
      count === 1 ? '1 suggestion would be new.' : `${count.toLocaleString('en')} suggestions would be new.`,
    noChange: 'No list would change.',
    announce: (changed: number, total: number) =>
      `Preview: ${changed.toLocaleString('en')} of ${lists(total)} would change.`,
    countries: 'By country',
    countriesHint: 'How often companies of a country are suggested, before and after.',
    country: 'Country',
    listsChanged: 'Lists changed',
    suggested: 'Suggested, before → after',
    beforeAfter: (before: number, after: number) =>
      `${before.toLocaleString('en')} → ${after.toLocaleString('en')}`,
    allCountries: (count: number) => `Show all ${count} countries`,
    fewerCountries: 'Show fewer',
    examples: 'Lists that change most',
    allExamples: (count: number) => `Show all ${count} lists`,
    fewerExamples: 'Show fewer',
    enters: 'enters',
    leaves: 'leaves',
    counts: (entering: number, leaving: number) => `${entering} in, ${leaving} out`,
    before: 'Now',
    after: 'Then',
    took: (seconds: string) => `Worked out in ${seconds} s`,
  },

  pairs: {
    title: 'What would change in the pairs',
    none: 'The best set of pairs is compared as soon as a slider moves.',
    running: 'Working out the best pairs under these weights …',
    progress: (done: number, total: number) =>
      `${done.toLocaleString('en')} of ${total.toLocaleString('en')} companies compared`,
    cancel: 'Stop',
    stopped: 'The preview of the pairs was stopped.',
    again: 'Work them out',
    gained: 'new pairs',
    lost: 'pairs given up',
    kept: 'pairs that stay',
    announce: (gained: number, lost: number) =>
      `Preview of the pairs: ${gained.toLocaleString('en')} new, ${lost.toLocaleString('en')} given up.`,
    alone: (before: number, after: number) =>
      `Companies without a partner: ${before.toLocaleString('en')} now, ${after.toLocaleString('en')} then.`,
    better: (share: string) =>
      `Summed under these weights, the pairs would then score ${share} more than those of today.`,
    same: 'No pair would change.',
    groups: 'Companies with a partner',
    groupBy: 'Counted by',
    groupings: {
      country: 'Country',
      cluster: 'Cluster',
      sizeClass: 'Size',
      widening: 'Widening countries',
    },
    widening: { widening: 'Widening countries', 'not-widening': 'Other countries' },
    noCluster: 'No cluster',
    companies: 'Companies',
    paired: 'With a partner, before → after',
    gainedTitle: (count: number) => `New pairs (${count.toLocaleString('en')})`,
    lostTitle: (count: number) => `Pairs given up (${count.toLocaleString('en')})`,
    newlyAlone: 'Would lose their partner',
    noLongerAlone: 'Would find a partner',
    enters: 'new',
    leaves: 'gone',
    pair: (a: string, b: string) => `${a} and ${b}`,
    onlyBest: (count: number) => `The best ${count} are named.`,
    showAll: (count: number) => `Show all ${count}`,
    showFewer: 'Show fewer',
  },

  saving: {
    title: 'Save these weights?',
    consequence: (changed: number, reordered: number) =>
      `${lists(changed)} will hold other partners and ${lists(reordered)} will change their order, for everybody, at once.`,
    unknown: 'The preview is not finished, so how many lists change is not known yet.',
    note: 'Why?',
    noteHint: 'Kept in the history, where staff can read it.',
    submit: 'Save for everybody',
    done: (version: number) =>
      `Saved as no. ${version}. The lists are being worked out; open pages get theirs by themselves.`,
  },
  conflict: {
    title: 'The weights were changed meanwhile',
    body: (who: string, when: string, version: number) =>
      `${who} saved no. ${version} ${when}. Your sliders are as you left them.`,
    load: 'Load theirs',
    keep: 'Keep mine, compare with theirs',
  },
  somebody: 'Somebody',

  history: {
    title: 'History',
    search: 'Search by who, or why',
    version: (version: number) => `No. ${version}`,
    by: (who: string, when: string) => `${who}, ${when}`,
    noNote: 'No reason given',
    undoOf: (version: number) => `Undo: the values of no. ${version} again`,
    first: 'The defaults of the software',
    same: 'No value changed',
    values: 'All values',
    use: 'Put on the sliders',
    useOf: (version: number) => `Put on the sliders: no. ${version}`,
    change: (name: string, before: number, after: number) => `${name} ${before} → ${after}`,
    empty: 'Nobody has changed the weights yet.',
  },
  undo: {
    action: 'Undo the last change',
    title: 'Undo the last change?',
    body: (version: number) =>
      `The values before no. ${version} come back as a new entry of the history, for everybody, at once.`,
    submit: 'Undo for everybody',
    done: (version: number) => `Undone. The weights in force are now no. ${version}.`,
  },
};
