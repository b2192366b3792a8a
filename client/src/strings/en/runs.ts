import { whole } from '../plural.ts';

/** The runs for the best set of pairs. */
export const runs = {
  lead: 'Every set of pairs that was shown, with all that it was made from. Each can be run again, and must come out the same to the byte.',
  views: 'What was worked out',
  pairRuns: 'Best pairs',
  planRuns: 'Plans of events',
  preview: 'Under weights that were tried',
  plans: {
    empty: 'No plan of an event was made yet.',
    emptyHint: 'Open an event and propose a plan, and its run appears here.',
    became: 'What it became',
    title: (when: string) => `Plan of ${when}`,
    meetings: (meetings: number, rounds: number, smes: number) =>
      `${whole(meetings)} ${meetings === 1 ? 'meeting' : 'meetings'} in ${whole(rounds)} ${rounds === 1 ? 'round' : 'rounds'} for ${whole(smes)} companies`,
    draft: 'a draft only',
    published: (version: number) => `published as version ${version}`,
    again: 'Plan it again',
    running: 'Planning it again …',
  },
  empty: 'No set of pairs was worked out yet.',
  emptyHint: 'Open the page of pairs, and its run appears here.',
  when: 'When, and who asked',
  asked: 'What was asked',
  outcome: 'What came of it',
  again: 'Repeated',
  title: (when: string) => `Run of ${when}`,
  by: (who: string) => `by ${who}`,
  over: { 'all-pairs': 'over all pairs', lists: 'over the lists only' },
  minScore: (points: number) => `at least ${points} points`,
  setBeforehand: (pinned: number, forbidden: number) =>
    `${whole(pinned)} pairs set beforehand, ${whole(forbidden)} ruled out`,
  pairs: (pairs: number, alone: number) =>
    `${whole(pairs)} ${pairs === 1 ? 'pair' : 'pairs'}, ${whole(alone)} ${alone === 1 ? 'company' : 'companies'} alone`,
  status: { optimal: 'Proven best', feasible: 'Not proven' },
  gap: (share: string) => `at most ${share} below the best`,
  total: (total: string, bound: string) => `total ${total}, bound ${bound}`,
  never: 'not yet',
  same: 'Same to the byte',
  different: 'Not the same',
  endedByTime: 'Ended by its time limit',

  facts: {
    companies: 'Companies',
    asked: 'Asked for',
    outcome: 'Pairs',
    sum: 'Sum of scores',
    bound: 'No set can have more than',
    price: 'Price of the aim',
    call: 'Call and its rules',
    weights: 'Weights',
    seed: 'Seed',
    engine: 'Version of Tandem',
    took: 'Took',
    inputs: 'Hash of the inputs',
    result: 'Hash of the result',
  },
  hashes: 'For checking',
  weightsVersion: (version: number | null) =>
    version === null ? 'values that are in no version' : `no. ${version}`,
  noSeed: 'none: nothing is drawn at random',
  seconds: (seconds: string) => `${seconds} s`,

  gini: (gini: string) => `Gini ${gini}`,
  fair: {
    title: 'Fair access',
    groups: 'By country, cluster and size',
    before: (when: string) => `The run before, of ${when}:`,
    beforeWas: (gini: string, unsuggested: string, share: string) =>
      `Gini coefficient ${gini}, ${unsuggested} on nobody’s list, ${share} of the suggestions to widening countries.`,
    noBefore: 'No earlier run asked the same.',
    noFigures: 'These figures were not kept yet.',
    none: 'This run is from before these figures were kept.',
  },

  repeat: {
    title: 'Run it again',
    what: 'Works the pairs out once more from what was kept, in a thread of its own, and compares every byte. Nothing that people see changes.',
    action: 'Run it again',
    running: 'Running it again …',
    progress: (done: number, total: number) => `${whole(done)} of ${whole(total)}`,
    stop: 'Stop',
    stopped: 'Stopped.',
    same: 'The same to the byte.',
    different: 'Not the same.',
    endedByTime: 'Its time limit ended this run: it cannot be repeated to the byte.',
    last: (who: string, when: string, seconds: string) => `${who}, ${when}, in ${seconds} s`,
    erased: (count: number) =>
      `This run cannot be repeated: ${count === 1 ? '1 profile was' : `${whole(count)} profiles were`} erased since.`,
  },
  download: {
    title: 'Take it with you',
    what: 'The file holds every profile as it was then, conflicts and answers too: keep it as you would keep these. Anybody who has it and Tandem can repeat the run:',
    action: 'Download the run',
    command: 'npm run match -- --replay FILE',
  },
};
