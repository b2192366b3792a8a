import { plural } from '../plural.ts';

export const event = {
  // List of events
  lead: 'Matchmaking events of the open call: who meets whom, round by round.',
  none: 'No events yet',
  noneWhat: 'Staff announce events here. You will also hear of them by your cluster.',
  noneStaff: 'Create the first event: choose a place, a timetable and who is invited.',
  create: 'New event',
  states: {
    draft: 'Draft',
    published: 'Announced',
    open: 'Doors open',
    paused: 'Paused',
    ended: 'Over',
    cancelled: 'Cancelled',
  },
  when: (day: string, time: string, zone: string) => `${day}, ${time} (${zone})`,
  rounds: (count: number, minutes: number) => `${plural(count, 'round', 'rounds')} of ${minutes} minutes`,
  online: 'Online',
  counts: (here: number, expected: number) =>
    here > 0 ? `${here} here, ${expected} still expected` : `${expected} expected`,

  // Presence
  coming: 'I am coming',
  comingDone: 'Noted: you are coming.',
  notComing: 'I cannot come',
  notComingAsk: 'You cannot come after all?',
  notComingDone: 'Noted: you are not coming.',
  checkIn: 'I am here',
  checkInDone: 'You are checked in. From now on you can be given meetings.',
  leave: 'I have to leave',
  leaveDone:
    'You have left. Your coming meetings are given up, and your partners get another one if there is one.',
  leaveAsk: 'Leave the event?',
  leaveWhat:
    'Your coming meetings are given up. Your partners are told, and get another meeting where there is one.',
  back: 'I am back',
  presence: {
    invited: 'You are invited. Say whether you come, so that meetings can be planned for you.',
    expected: 'You are expected. Check in when you arrive: then your meetings are sure.',
    here: 'You are here.',
    left: 'You have left this event.',
  },

  // Now
  now: 'Now',
  next: 'Next',
  meetingNow: (number: number) => `Round ${number}, now`,
  meetingNext: (number: number) => `Round ${number}, next`,
  table: 'Table',
  tableNumber: (number: number) => `Table ${number}`,
  joinTable: 'Join the table',
  left: 'left',
  startsIn: 'begins in',
  startsAt: (time: string) => `at ${time}`,
  fiveLeft: 'Five minutes left',
  overTime: 'Time is up: move on to your next table.',
  partnerNotHere: 'has not checked in yet',
  byeNow: 'No meeting for you in this round',
  byeWhat: 'You come first in the next one. Meanwhile, ask somebody below who is free.',
  byeAway: 'Meetings are planned for those who are here. Check in, and you get one where somebody is free.',
  inConsortium: 'You are in a consortium of this call',
  inConsortiumWhat: 'So no more meetings are planned for you, and nobody else is proposed to you.',
  notPlanned: 'The meetings of the next round are not published yet.',
  notPlannedWhat: 'They appear here by themselves, with the table and whom you will meet.',
  allOver: 'All rounds are over',
  allOverWhat: 'Say what you want of each meeting below: where both want to go on, a consortium opens.',
  why: 'Why you two',
  noShow: 'My partner did not come',
  noShowAsk: 'Report that your partner did not come?',
  noShowWhat: 'The meeting is given up, and you get another one where somebody is free.',
  noShowDone: 'Thank you. If somebody is free, you get another meeting at once.',

  // Talk
  talk: 'What to talk about',

  // Feedback
  feedbackOf: (name: string) => `Do you want to go on with ${name}?`,
  feedbackValues: { no: 'No', interesting: 'Interesting', 'we-want-this': 'We want this' },
  feedbackDone: 'Noted. Only you see your answer, until both want it.',
  consortiumSettle: 'Both of you want this. Settle the consortium',
  consortiumOpen: 'Open the consortium',

  // Rounds
  myRounds: 'My rounds',
  round: (number: number) => `Round ${number}`,
  bye: 'No meeting',
  unplanned: 'Not planned yet',
  calendar: 'Put my meetings in my calendar',
  calendarOne: 'To my calendar',
  move: 'Move',
  moveTitle: (name: string) => `Move the meeting with ${name}`,
  moveWhat: 'It is moved where both of you are free or only have a planned meeting; both are told.',
  moveTo: 'To round',
  moveDone: 'The meeting was moved.',

  // Requests
  requests: 'Requests',
  noRequests:
    'Nobody has asked for a meeting yet. Ask somebody below: a request keeps no seat until it is accepted.',
  asksYou: (name: string) => `${name} asks to meet you`,
  youAsked: (name: string) => `You asked ${name}`,
  expires: (span: string) => `expires ${span}`,
  accept: 'Accept',
  acceptDone: 'Agreed. The meeting is in your rounds.',
  declineRequest: 'Decline',
  declineTitle: (name: string) => `Decline the request of ${name}`,
  declineReason: 'Why? They see the reason.',
  declineReasons: {
    'wrong-field': 'Not our field',
    'wrong-maturity': 'Not the right maturity',
    'already-know-them': 'We know each other already',
    'no-time': 'No time left today',
    other: 'Another reason',
  },
  declineDone: 'Declined.',
  comment: 'Comment',
  withdraw: 'Take back',
  withdrawDone: 'Taken back.',
  requestStates: {
    pending: 'Waiting for an answer',
    accepted: 'Accepted',
    declined: 'Declined',
    withdrawn: 'Taken back',
    expired: 'Expired',
  },

  // Partners at the event
  myWishes: 'Whom I wish to meet',
  atEvent: 'At',
  youMeet: (round: number) => `You meet in round ${round}.`,
  askedAlready: 'A request to meet is open. It is answered or withdrawn on the page of the event.',
  somebodyElse:
    'You have somebody else in mind? Wish for a meeting, or ask for one, on the page of the company:',
  partners: 'Whom to meet',
  here: 'Here now',
  expectedOnes: 'Still expected',
  noPartners: 'Nobody to suggest yet',
  noPartnersWhat: 'Suggestions appear as companies from other countries check in.',
  ask: 'Ask to meet',
  askTitle: (name: string) => `Ask ${name} to meet`,
  askWhat: 'They get your request at once. It keeps no seat until they accept, and expires by itself.',
  askMessage: 'A word to them',
  askRound: 'Round',
  anyRound: 'Any round',
  askDone: (name: string) => `${name} has your request.`,
  wishNone: 'No wish',
  wishOf: (name: string) => `Your wish about ${name}`,
  wishes: { 'must-meet': 'Must meet', 'would-like': 'Would like to meet' },
  declineUndone: 'Taken back: it may be suggested again.',
  wishDone: 'Noted: your wishes come first in the plan. Only staff see them.',
  points: (points: number) => `${points} points`,

  // Offline
  offline:
    'Your phone has no network. You see the last known state; what you tap is kept and sent once you are back.',
  kept: 'No network: kept, and sent as soon as you are back.',
  waiting: (count: number) => `${plural(count, 'answer waits', 'answers wait')} for the network`,
  outboxSent: 'You are back. What you tapped was sent.',

  // Check-in by badge
  checkInTitle: 'Check in',
  checkInAsk: 'Tap to say that your company has arrived.',
  checkInButton: 'Check in now',
  checkedIn: (company: string, name: string) => `${company} is checked in at ${name}.`,
  checkedInWhat: 'Sign in to see your table, whom you meet next and why.',
  checkInNoToken: 'This link is not complete. Scan the code on your badge again, or ask at the desk.',
};
