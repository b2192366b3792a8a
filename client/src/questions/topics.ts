import type { QuestionTopic } from '../../../server/questions/schema.ts';
import { t } from '../strings/text.ts';

/** What questions are about, in the order of lists. */
const TOPICS: readonly QuestionTopic[] = [
  'call',
  'partners',
  'events',
  'cluster',
  'reports',
  'technical',
  'other',
];

export const topicChoices = TOPICS.map((value) => ({ value, label: t.programme.questions.topics[value] }));
export const topicFilter = [{ value: '', label: t.programme.anyTopic }, ...topicChoices];

/** The topic of this name; 'other' where there is none. */
export function topicOf(name: string): QuestionTopic {
  return TOPICS.find((topic) => topic === name) ?? 'other';
}
