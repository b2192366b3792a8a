const companies = (count: number): string => (count === 1 ? '1 company' : `${count} companies`);
const partnersIn = (count: number): string => (count === 1 ? '1 partner' : `${count} partners`);

/** Joins the parts of a sentence: 'a', 'a and b', 'a, b and c'. */
function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** What changed in a list of suggestions, in words; no number is 0 in the result. */
function changed(change: { entered: number; left: number; moved: number; rescored: number }): string {
  const parts: string[] = [];
  if (change.entered > 0)
    parts.push(`${change.entered} new ${change.entered === 1 ? 'partner' : 'partners'}`);
  if (change.left > 0) parts.push(`${change.left} no longer in it`);
  if (parts.length > 0) return listed(parts);
  if (change.moved > 0) return 'the same partners in another order';
  return 'the same partners with new scores';
}

/** The suggestions: lists, cards, answers and the full explanation. */
export const partners = {
  lead: 'Companies abroad that have what you lack and lack what you have, best first.',
  leadOf: (name: string) => `Companies abroad that complement ${name}, best first.`,
  titleOf: (name: string) => `Partners of ${name}`,
  count: (count: number) => `${partnersIn(count)} suggested`,
  computed: (when: string) => `worked out ${when}`,
  weightsVersion: (version: number) => `weights no. ${version}`,
  listLabel: 'Suggested partners, best first',
  declinedTab: (count: number) => `Not for me (${count})`,
  suggestedTab: 'Suggested',
  views: 'Suggested, or not for me',

  rank: (rank: number) => `No. ${rank}`,
  score: (points: number) => `${points} of 100 points`,
  points: (points: number) => (points === 1 ? '1 point' : `${points} points`),
  fresh: 'New',
  parts: (points: number) => `How the ${points} points add up`,
  part: (label: string, points: number) => `${label} ${points}`,
  partOf: (points: number, possible: number) => `${points} of ${possible}`,
  partSpoken: (points: number, possible: number) => `${points} of at most ${possible} points`,
  total: 'Together',
  unknown: 'not yet declared: counted as neutral',
  youBring: 'You bring',
  theyBring: 'They bring',
  bringsOf: (name: string) => `${name} brings`,
  nothingYet: 'Not yet declared',
  why: 'Why these two?',
  whyOf: (name: string) => `Why you and ${name}?`,
  profileOf: (name: string) => `Profile of ${name}`,
  notForMe: 'Not for me',
  notForMeOf: (name: string) => `Not for me: ${name}`,
  demo: (fields: readonly string[]) => `Demo answers: ${listed(fields)}`,
  demoFields: {
    languages: 'languages',
    'solutions.trl': 'TRL',
    'solutions.terms': 'terms of the solutions',
    needs: 'needs',
    declaration: 'size',
    marketRole: 'market role',
  },

  changed: (change: { entered: number; left: number; moved: number; rescored: number }) =>
    `Your list changed: ${changed(change)}.`,
  changedOf: (name: string, change: { entered: number; left: number; moved: number; rescored: number }) =>
    `The list of ${name} changed: ${changed(change)}.`,
  show: 'Show',
  causes: {
    weights: 'The staff changed the weights.',
    profile: 'A profile was changed.',
    answer: 'An answer was given.',
    pool: 'Companies joined or left.',
    call: 'The rules of the open call changed.',
    rebuild: 'All lists were worked out again.',
  },

  next: {
    title: 'What would help your suggestions most',
    action: 'Fill it in',
    titleOf: (name: string) => `What would help the suggestions of ${name} most`,
    filled: (percent: number) => `Profile ${percent} % filled`,
  },
  empty: {
    title: 'No suggestions yet',
    body: 'A suggestion needs something to go by: what you offer, what you seek and where you are.',
    action: 'Complete the profile',
    inConsortium: 'In a consortium',
    working: 'The first list is being worked out. It appears here by itself.',
  },

  decline: {
    title: (name: string) => `${name}: not for me`,
    lead: 'It leaves your list and makes room for another. You can undo this at any time. The other company does not hear of it.',
    reason: 'Why?',
    reasons: {
      competitor: 'They compete with us',
      'already-know-them': 'We know each other already',
      'wrong-field': 'Their field does not fit',
      'wrong-maturity': 'Their solution is too early or too mature',
      'no-capacity': 'We have no capacity for this',
      other: 'Another reason',
    },
    comment: 'In a few words',
    commentHint: 'Read by the staff only.',
    commentNeeded: 'Say the reason in a few words.',
    reasonNeeded: 'Choose a reason.',
    submit: 'Take off my list',
    done: (name: string) => `${name} was taken off your list.`,
    undo: 'Undo',
  },
  declined: {
    title: 'Not for me',
    lead: (count: number) =>
      `You turned down ${companies(count)}. Undo puts a company back among the suggestions if it still fits.`,
    empty: 'Nobody was turned down.',
    undo: 'Undo',
    undoOf: (name: string) => `Undo: suggest ${name} again`,
    undone: (name: string) => `${name} may be suggested again.`,
    on: (when: string) => `answered ${when}`,
  },

  explanation: {
    back: 'Back to the partners',
    title: (one: string, other: string) => `Why ${one} and ${other}?`,
    refusedTitle: 'These two cannot form a consortium',
    sum: 'How the score adds up',
    sumHint: 'Each part is how well the two fit on it, times its weight. The weights are set by the staff.',
    formula: (percent: string, weight: string, points: string) =>
      `${percent} % fit × weight ${weight} = ${points} points`,
    evidence: 'What counted',
    fieldOf: { you: 'You', them: 'They' },
    fields: {
      name: 'name',
      solutions: 'solutions',
      needs: 'needs',
      country: 'country',
      languages: 'languages',
      sizeClass: 'size',
      declaration: 'size declaration',
      marketRole: 'market role',
      available: 'availability',
      clusterId: 'cluster',
      cluster: 'cluster',
      group: 'group of companies',
      'solutions.title': 'title of a solution',
      'solutions.offer': 'what is offered, in words',
      'solutions.trl': 'TRL of a solution',
      'solutions.capabilities': 'capabilities offered',
      'solutions.technologies': 'technologies offered',
      'solutions.fields': 'fields of application',
      'solutions.sectors': 'sectors served',
      'needs.words': 'what is sought, in words',
      'needs.capabilities': 'capabilities sought',
      'needs.technologies': 'technologies sought',
      'needs.fields': 'fields of application sought',
      'needs.sectors': 'sectors sought',
      'needs.trl': 'TRL sought',
      'needs.trlMin': 'lowest TRL sought',
      'needs.trlMax': 'highest TRL sought',
    },
    brings: 'What each side brings',
    blockers: 'Before you two can form a consortium',
    blockersHint: 'None of this keeps you from talking; all of it is asked before a consortium is formed.',
    ready: 'Nothing that is declared stands between these two and a consortium.',
  },
};
