import type { QuestionView } from '../../../server/questions/schema.ts';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';

const looks = { open: 'accent', answered: 'good', closed: 'plain' } as const;

/** How a question stands. */
export function QuestionState({ state }: { state: QuestionView['state'] }) {
  return <Badge kind={looks[state]}>{t.programme.questions.states[state]}</Badge>;
}
