import type { SolutionCard } from '../../../server/mapping/schema.ts';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';

/** Phases of a solution; marked where they are derived. */
export function PhaseMarks(props: Pick<SolutionCard, 'phases' | 'phaseOrigin'>) {
  if (props.phases.length === 0) return null;
  return (
    <span class="badges">
      {props.phases.map((phase) => (
        <Badge key={phase} kind="accent" hint={t.mapping.phaseHints[phase]}>
          {t.mapping.phases[phase]}
        </Badge>
      ))}
      {props.phaseOrigin === 'derived' && (
        <span class="fine" title={t.mapping.derivedHint}>
          {t.mapping.derived}
        </span>
      )}
    </span>
  );
}
