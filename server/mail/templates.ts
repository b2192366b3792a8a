import type { Role } from '../accounts/schema.ts';
import type { Mail } from './mailer.ts';

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** What an invited person will do here, in half a sentence. */
const PURPOSES: Readonly<Record<Role, string>> = {
  staff: 'to join the team that runs the partner search',
  cluster: 'to register the members of your cluster and follow them to a partner',
  sme: 'to look for a partner company in another country',
  demand: 'to state what you need and see which companies answer it',
};

/** Paragraphs of a mail with the signature below them. */
export function signed(paragraphs: readonly string[]): string {
  return `${[...paragraphs, 'Tandem, the partner search for small companies'].join('\n\n')}\n`;
}

export function invitationMail(invitation: {
  email: string;
  role: Role;
  organisation: string | null;
  invitedBy: string;
  link: string;
  expiresAt: Date;
}): Mail {
  const { email, role, organisation, invitedBy, link, expiresAt } = invitation;
  return {
    to: email,
    subject: 'Your invitation to Tandem',
    text: signed([
      'Good day,',
      `${invitedBy} invites you${organisation === null ? '' : ` (${organisation})`} to Tandem ${PURPOSES[role]}.`,
      `Open this link to choose a password and sign in:\n${link}`,
      `The link works once, until ${DAY.format(expiresAt)}. If you do not know what this is about, ignore this mail: nothing happens.`,
    ]),
  };
}

export function passwordResetMail(reset: {
  email: string;
  name: string;
  link: string;
  minutes: number;
}): Mail {
  return {
    to: reset.email,
    subject: 'Choose a new password for Tandem',
    text: signed([
      `Good day ${reset.name},`,
      `Somebody, probably you, asked for a new password. Open this link to choose one:\n${reset.link}`,
      `The link works once, for ${String(reset.minutes)} minutes. If it was not you, ignore this mail: your password stays as it is.`,
    ]),
  };
}

export function passwordChangedMail(account: { email: string; name: string }): Mail {
  return {
    to: account.email,
    subject: 'Your Tandem password was changed',
    text: signed([
      `Good day ${account.name},`,
      'The password of your account was changed, and other devices were signed out.',
      'If it was not you, ask for a new password on the sign-in page at once, and tell the team.',
    ]),
  };
}

export function accountClosedMail(account: { email: string; name: string }): Mail {
  return {
    to: account.email,
    subject: 'Your Tandem account was closed',
    text: signed([
      `Good day ${account.name},`,
      'Your account was closed, and all its devices were signed out. If that is a mistake, answer to those who invited you.',
    ]),
  };
}
