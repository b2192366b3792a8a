import type { PracticeTopic } from '../../../server/practices/schema.ts';
import { t } from '../strings/text.ts';

const TOPICS: readonly PracticeTopic[] = [
  'outreach',
  'events',
  'matchmaking',
  'applications',
  'use-cases',
  'other',
];

export const topicChoices = TOPICS.map((value) => ({ value, label: t.programme.practices.topics[value] }));

/** The topic of this name; 'other' where there is none. */
export function topicOf(name: string): PracticeTopic {
  return TOPICS.find((topic) => topic === name) ?? 'other';
}
