import type { Mail } from '../mail/mailer.ts';
import { signed } from '../mail/templates.ts';

interface ToApplicant {
  readonly email: string;
  readonly contactName: string;
  /** Of the cluster that applies. */
  readonly name: string;
  readonly link: string;
}

const greeting = ({ contactName }: ToApplicant): string => `Good day ${contactName},`;
const keep = ({ link }: ToApplicant): string =>
  `With this link you see how far it is, correct it, answer us, or withdraw it:\n${link}`;

export function confirmMail(to: ToApplicant, days: number): Mail {
  return {
    to: to.email,
    subject: 'Please confirm your application as ambassador cluster',
    text: signed([
      greeting(to),
      `somebody, probably you, wrote an application for ${to.name} to become an ambassador cluster. Open this link and press 'Send it to the team':\n${to.link}`,
      `Without that nobody reads it, and after ${String(days)} days it is deleted. If it was not you, ignore this mail: nothing happens.`,
      'Keep this mail: the same link shows you later how far the application is.',
    ]),
  };
}

export function newLinkMail(to: ToApplicant): Mail {
  return {
    to: to.email,
    subject: 'The link to your application as ambassador cluster',
    text: signed([
      greeting(to),
      `this is a new link to the application of ${to.name}; links from before no longer work.`,
      keep(to),
    ]),
  };
}

export function askMail(to: ToApplicant, question: string): Mail {
  return {
    to: to.email,
    subject: `A question about the application of ${to.name}`,
    text: signed([
      greeting(to),
      `before we decide on the application of ${to.name} we need something more from you:`,
      question,
      `Please answer through this link; links from before no longer work:\n${to.link}`,
    ]),
  };
}

export function acceptedMail(to: ToApplicant, reason: string): Mail {
  return {
    to: to.email,
    subject: `${to.name} is an ambassador cluster`,
    text: signed([
      greeting(to),
      `we are glad to welcome ${to.name} as an ambassador cluster.`,
      reason,
      'A second mail invites you to your account: there you register your members, get calls and news early, and follow your members to a partner. The status is free and not binding; you can leave at any time.',
    ]),
  };
}

export function rejectedMail(to: ToApplicant, reason: string): Mail {
  return {
    to: to.email,
    subject: `Our decision on the application of ${to.name}`,
    text: signed([
      greeting(to),
      `thank you for applying with ${to.name}. We cannot take it in as an ambassador cluster now, for this reason:`,
      reason,
      'You are welcome to apply again when this has changed. Your name and address are erased twelve months after this decision.',
    ]),
  };
}
