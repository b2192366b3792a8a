import type { Mail } from '../mail/mailer.ts';
import { signed } from '../mail/templates.ts';

/** To the people of the cluster that takes the members of one that left. */
export function handedOverMail(about: { email: string; name: string; from: string; members: number }): Mail {
  const { email, name, from, members } = about;
  return {
    to: email,
    subject: `The members of ${from} are yours now`,
    text: signed([
      `Good day ${name},`,
      `${from} has left, and handed over to you ${members === 1 ? 'the one company that was its member' : `the ${String(members)} companies that were its members`}.`,
      'You find them on your members page. Please tell them who you are: from now on you see their profiles in full and help them to a partner.',
    ]),
  };
}
