import type { People } from '../accounts/people.ts';
import type { MailChoicesStore } from '../mail/choices.ts';
import type { Mail } from '../mail/mailer.ts';
import { signed } from '../mail/templates.ts';
import type { NeedRecord } from './model.ts';
import type { NeedStep } from './schema.ts';

export interface ReviewMailDeps {
  readonly choices: Pick<MailChoicesStore, 'wanting'>;
  readonly people: Pick<People, 'addresses'>;
  readonly send: (mail: Mail) => void;
  readonly publicUrl: () => string;
}

/** What staff can decide on a need that was submitted. */
export type ReviewStep = Extract<NeedStep, 'publish' | 'ask-back' | 'reject'>;

const SUBJECTS: Readonly<Record<ReviewStep, string>> = {
  publish: 'Your need is published',
  'ask-back': 'Your need: something is missing',
  reject: 'Your need was not published',
};
const OUTCOMES: Readonly<Record<ReviewStep, (title: string) => string>> = {
  publish: (title) =>
    `The staff have published your need “${title}”. Companies see it now and can offer to answer it.`,
  'ask-back': (title) => `The staff ask you to complete your need “${title}” and to submit it again.`,
  reject: (title) => `The staff do not publish your need “${title}”.`,
};

export const isReviewStep = (step: NeedStep): step is ReviewStep => step in OUTCOMES;

/** The decision on a need, for who stated it. */
export function reviewMail(
  to: { readonly email: string; readonly name: string },
  need: Pick<NeedRecord, '_id' | 'title'>,
  decision: { readonly step: ReviewStep; readonly reason: string; readonly publicUrl: string },
): Mail {
  const { step, reason, publicUrl } = decision;
  return {
    to: to.email,
    subject: SUBJECTS[step],
    text: signed([
      `Good day ${to.name},`,
      OUTCOMES[step](need.title),
      ...(reason === '' ? [] : [`What they say:\n${reason}`]),
      `Open it here:\n${publicUrl}/needs/${need._id}`,
      `Choose which mail you get: ${publicUrl}/account`,
    ]),
  };
}

/** Mails the person who stated a need what was decided on it, unless they want no such mail or their account is closed. */
export function createReviewMail(deps: ReviewMailDeps) {
  return async (need: NeedRecord, step: ReviewStep, reason: string): Promise<void> => {
    if (need.ownerId === null) return;
    const wanting = await deps.choices.wanting('needs', [need.ownerId]);
    for (const person of await deps.people.addresses([...wanting])) {
      deps.send(reviewMail(person, need, { step, reason, publicUrl: deps.publicUrl() }));
    }
  };
}
