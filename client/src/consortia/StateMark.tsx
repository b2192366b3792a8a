import type { ConsortiumState } from '../../../server/consortia/schema.ts';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';

const KINDS = { proposed: 'accent', formed: 'good', withdrawn: 'plain', dissolved: 'plain' } as const;

/** The state of a consortium, in a word. */
export function StateMark({ state }: { state: ConsortiumState }) {
  return <Badge kind={KINDS[state]}>{t.consortia.states[state]}</Badge>;
}
