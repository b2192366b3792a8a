import type { People } from '../accounts/people.ts';
import type { AccountsService } from '../accounts/service.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Live } from '../live/live.ts';
import type { MailChoicesStore } from '../mail/choices.ts';
import type { Mail } from '../mail/mailer.ts';
import type { QuestionRecord } from './model.ts';

export interface QuestionTellingDeps {
  readonly accounts: Pick<AccountsService, 'accountsOf'>;
  readonly people: Pick<People, 'addresses'>;
  readonly live: Pick<Live, 'notify'>;
  readonly choices: Pick<MailChoicesStore, 'wanting'>;
  readonly send: (mail: Mail) => void;
  readonly publicUrl: () => string;
}

export function answerMail(
  to: { email: string; name: string },
  question: Pick<QuestionRecord, '_id' | 'subject'>,
  publicUrl: string,
): Mail {
  return {
    to: to.email,
    subject: `Answered: ${question.subject}`,
    text: `${[
      `Good day ${to.name},`,
      `The staff answered your question “${question.subject}”.`,
      `Read the answer, or write on:\n${publicUrl}/questions/${question._id}`,
      `Choose which mail you get: ${publicUrl}/account`,
      'Tandem, the partner search for small companies',
    ].join('\n\n')}\n`,
  };
}

/** Tells both sides of a question that it changed: live, and by mail that it was answered. */
export function createQuestionTelling(deps: QuestionTellingDeps) {
  const { accounts, live } = deps;

  function askers(question: QuestionRecord): Promise<string[]> {
    const { clusterId, smeId, authorId } = question;
    if (clusterId !== null) return accounts.accountsOf({ clusterId });
    if (smeId !== null) return accounts.accountsOf({ smeId });
    return Promise.resolve(authorId === null ? [] : [authorId]);
  }

  return async (question: QuestionRecord, by: Viewer): Promise<void> => {
    const asking = await askers(question);
    const staff = await accounts.accountsOf({ role: 'staff' });
    const others = [...asking, ...staff].filter((id) => id !== by.id);
    const { _id: questionId, state, version } = question;
    await live.notify(others, { kind: 'question', questionId, state }, `question:${questionId}:${version}`);
    if (by.role !== 'staff' || question.messages.at(-1)?.from !== 'staff' || state !== 'answered') return;
    const wanting = await deps.choices.wanting('questions', asking);
    for (const person of await deps.people.addresses([...wanting])) {
      deps.send(answerMail(person, question, deps.publicUrl()));
    }
  };
}
