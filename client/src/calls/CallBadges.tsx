import type { CallSummary } from '../../../server/calls/schema.ts';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';

const KINDS = { draft: 'warning', open: 'good', closed: 'plain', decided: 'plain' } as const;

/** The state of a call, and whether it is the one in force. */
export function CallBadges({ call }: { call: Pick<CallSummary, 'state' | 'inForce'> }) {
  return (
    <span class="badges">
      <Badge kind={KINDS[call.state]}>{t.calls.states[call.state]}</Badge>
      {call.inForce && (
        <Badge kind="accent" hint={t.calls.inForceHint}>
          {t.calls.inForce}
        </Badge>
      )}
    </span>
  );
}
