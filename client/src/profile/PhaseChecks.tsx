import type { SolutionView } from '../../../server/smes/schema.ts';
import { t } from '../strings/text.ts';

type Phase = SolutionView['phases'][number];
const phases = ['identify', 'protect', 'detect', 'respond', 'recover'] as const satisfies readonly Phase[];
const words = t.profile.solutions;

/** The phases of security that a solution works in, as far as the company says so itself. */
export function PhaseChecks(props: { phases: readonly Phase[]; onChange: (phases: Phase[]) => void }) {
  return (
    <fieldset class="radio-group">
      <legend>{words.phases}</legend>
      <p class="field-hint">{words.phasesHint}</p>
      <div class="radio-choices">
        {phases.map((phase) => (
          <label key={phase} class="radio-choice">
            <input
              type="checkbox"
              checked={props.phases.includes(phase)}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                props.onChange(
                  phases.filter((one) => (one === phase ? checked : props.phases.includes(one))),
                );
              }}
            />
            <span>
              <span class="radio-label">{t.mapping.phases[phase]}</span>
              <span class="field-hint">{t.mapping.phaseHints[phase]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
