import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Joins the questions of one turn of the event loop into one, as when hundreds of lists are shown at once. `ask` answers them in their order;
 * where it fails, all who asked hear of it.
 *
 * @param joining how long questions are joined [one turn]
 */
export function askedTogether<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  joining: () => Promise<void> = nextTurn,
): (question: Question) => Promise<Answer> {
  let joined: { questions: Question[]; answers: Promise<readonly Answer[]> } | null = null;

  function begin(): NonNullable<typeof joined> {
    const questions: Question[] = [];
    const answers = joining().then(() => {
      joined = null;
      return ask(questions);
    });
    return { questions, answers };
  }

  return async (question) => {
    joined ??= begin();
    const { questions, answers } = joined;
    const place = questions.push(question) - 1;
    const found = await answers;
    if (place >= found.length)
      throw new Error('A question that was asked together with others has no answer.');
    // Checked above; an answer may itself be undefined.
    return found[place] as Answer;
  };
}
