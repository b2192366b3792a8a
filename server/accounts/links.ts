import { HttpProblem } from '../http/errors.ts';

/** 410: the same answer for a link that never was, was used, was withdrawn or is too old. */
export function linkNotValid(): HttpProblem {
  return new HttpProblem({
    status: 410,
    code: 'link-not-valid',
    detail: 'This link was already used or withdrawn, or it has expired. Ask for a new one.',
  });
}

/** Addresses in mail. The token stands behind `#`: browsers never send that part, so it is in no log of any server. */
export function linksTo(publicUrl: () => string) {
  return {
    setUp: (token: string) => `${publicUrl()}/setup#${token}`,
    invitation: (token: string) => `${publicUrl()}/invitation#${token}`,
    passwordReset: (token: string) => `${publicUrl()}/password-reset#${token}`,
  };
}
export type Links = ReturnType<typeof linksTo>;
