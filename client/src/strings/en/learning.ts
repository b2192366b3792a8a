const whole = (count: number): string => count.toLocaleString('en');

/** Weights from people's answers. */
export const learning = {
  title: 'Learn from answers',
  what: 'Works out which weights fit best with what companies said of the partners they were shown. It is a proposal: nothing changes until you save.',
  action: 'Propose weights',
  again: 'Propose again',
  running: 'Reading the answers …',

  read: (accepted: number, declined: number, smes: number) =>
    `Read: ${whole(accepted)} accepted and ${whole(declined)} declined pairs, from ${whole(smes)} ${smes === 1 ? 'company' : 'companies'}.`,
  kinds: {
    consortium: 'consortium',
    wouldLike: 'wanted to meet',
    metAgain: 'met, and wants to go on',
    notForMe: 'not for me',
  },
  notOfTheMatch: (count: number) =>
    `${whole(count)} left out, as they say nothing of the match: 'already know them', 'no capacity', 'interesting'.`,
  contradicting: (count: number) => `${whole(count)} left out: the same company said both yes and no.`,
  gone: (count: number) => `${whole(count)} left out: one of the two is no longer there.`,

  tooFew: 'Too few answers to learn from',
  missing: {
    decisions: (have: number, need: number) =>
      `${whole(need - have)} more answered pairs (${whole(have)} of ${whole(need)})`,
    accepted: (have: number, need: number) =>
      `${whole(need - have)} more accepted pairs (${whole(have)} of ${whole(need)})`,
    declined: (have: number, need: number) =>
      `${whole(need - have)} more declined pairs (${whole(have)} of ${whole(need)})`,
    smes: (have: number, need: number) =>
      `${whole(need - have)} more companies that answered (${whole(have)} of ${whole(need)})`,
  },
  missingLead: 'Still needed:',
  noDirection: 'No weights can be read from these answers',
  noDirectionBody: 'None of the seven factors is higher where companies said yes.',

  factor: 'Factor',
  standing: 'Now',
  proposed: 'Proposed',
  interval: 'Between, 19 times of 20',
  between: (low: string, high: string) => `${low} and ${high}`,
  total: (total: number) => `The proposed weights add up to ${whole(total)}.`,

  verdicts: {
    better: 'Better than the weights in force',
    'no-better': 'No better than the weights in force, as far as these answers can tell',
    worse: 'Worse than the weights in force',
  },
  heldOut: (folds: number) =>
    `Compared on answers that they were not learnt from: the companies were dealt into ${whole(folds)} groups, and each group’s answers were foretold from those of the others.`,
  auc: (standing: string, proposed: string) =>
    `Of an accepted and a declined pair, the accepted one scores higher ${standing} of the time now, ${proposed} with the proposed weights.`,
  gain: (value: string, low: string, high: string) =>
    `Difference ${value} points; 19 times of 20 between ${low} and ${high}.`,
  loss: (standing: string, proposed: string) =>
    `Log loss ${standing} now, ${proposed} with the proposed weights; lower is better.`,
  caveat:
    'The answers are about partners that the present weights chose to show, and the profiles are read as they are today. What was never shown cannot be learnt.',
  use: 'Try these weights',
  used: 'The proposed weights are on the sliders. Nothing is saved yet.',
};
