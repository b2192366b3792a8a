import type { Mail } from '../mail/mailer.ts';

/** Asks a company whether a use case may name it. */
export function consentMail(
  person: { email: string; name: string },
  useCase: { title: string; teller: string; link: string },
): Mail {
  return {
    to: person.email,
    subject: 'May a use case name your solution?',
    text: [
      `Good day ${person.name},`,
      `${useCase.teller} told a use case, “${useCase.title}”, and would like to name a solution of yours in it.`,
      `Read it and answer here:\n${useCase.link}`,
      'Until you agree, your company is not named. You can change your answer at any time.',
      'Tandem, the partner search for small companies\n',
    ].join('\n\n'),
  };
}
