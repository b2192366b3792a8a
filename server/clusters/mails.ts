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

/** To the people of an SME whose cluster left. */
export function clusterLeftMail(about: {
  email: string;
  name: string;
  left: string;
  /** The cluster that takes them; null: none does. */
  successor: string | null;
}): Mail {
  const { email, name, left, successor } = about;
  return {
    to: email,
    subject: `${left} has left`,
    text: signed([
      `Good day ${name},`,
      successor === null
        ? `${left}, your ambassador cluster, has left. Your company stays registered as it is, without a cluster.`
        : `${left}, your ambassador cluster, has left, and handed your company over to ${successor}: it sees your profile in full from now on and helps you to a partner.`,
      'Your profile, your suggestions and your meetings are as they were. If you would rather not stay, you can withdraw your company on the page My data.',
    ]),
  };
}
