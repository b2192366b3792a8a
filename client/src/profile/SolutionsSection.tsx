import { Button } from '../components/Button.tsx';
import { TextArea, TextField } from '../components/fields.tsx';
import { DemoMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import type { SolutionDraft } from './draft.ts';
import { emptySolution } from './draft.ts';
import { errorUnder, withEntry } from './edit.ts';
import type { SectionProps } from './edit.ts';
import { PhaseChecks } from './PhaseChecks.tsx';
import { TermPickers } from './TermPicker.tsx';
import { TrlSelect } from './TrlSelect.tsx';

const words = t.profile.solutions;

function SolutionCard(props: SectionProps & { solution: SolutionDraft; index: number }) {
  const { solution, index, draft, edit, errors } = props;
  const at = `solutions.${index}`;
  const change = (part: Partial<SolutionDraft>, ...marks: ('solutions.trl' | 'solutions.terms')[]) => {
    edit({ solutions: withEntry(draft.solutions, solution.key, part) }, ...marks);
  };
  const heading = solution.title || words.untitled(index + 1);
  return (
    <li class="entry">
      <div class="card-head">
        <h3>{heading}</h3>
        <Button
          kind="quiet"
          small
          label={words.removeThis(heading)}
          onClick={() => {
            edit({ solutions: draft.solutions.filter((other) => other.key !== solution.key) });
          }}
        >
          {t.common.remove}
        </Button>
      </div>
      <TextField
        label={words.name}
        name={`${at}.title`}
        required
        value={solution.title}
        onInput={(title) => {
          change({ title });
        }}
        error={errors[`${at}.title`]}
      />
      <div data-field="solutions.offer">
        <TextArea
          label={words.offer}
          hint={words.offerHint}
          name={`${at}.offer`}
          rows={5}
          value={solution.offer}
          onInput={(offer) => {
            change({ offer });
          }}
          error={errors[`${at}.offer`]}
        />
      </div>
      <div data-field="solutions.trl">
        <TrlSelect
          label={words.trl}
          hint={words.trlHint}
          name={`${at}.trl`}
          unknown={t.common.notYetDeclared}
          mark={<DemoMark when={draft.demoAnswers.includes('solutions.trl')} />}
          value={solution.trl}
          onChange={(trl) => {
            change({ trl }, 'solutions.trl');
          }}
          error={errors[`${at}.trl`]}
        />
      </div>
      <div data-field="solutions.phases">
        <PhaseChecks
          phases={solution.phases}
          onChange={(phases) => {
            change({ phases });
          }}
        />
      </div>
      <div data-field="solutions.terms">
        <TermPickers
          legend={
            <>
              {words.terms} <DemoMark when={draft.demoAnswers.includes('solutions.terms')} />
            </>
          }
          name={at}
          terms={solution}
          errorOf={(field) => errorUnder(errors, field)}
          onChange={(terms) => {
            change(terms, 'solutions.terms');
          }}
        />
      </div>
    </li>
  );
}

/** What the company offers. */
export function SolutionsSection(props: SectionProps) {
  const { draft, edit, errors } = props;
  return (
    <section class="card" aria-labelledby="profile-solutions" data-field="solutions">
      <h2 id="profile-solutions">{words.title}</h2>
      <p class="fine">{words.lead}</p>
      {errors.solutions && <p class="field-error">{errors.solutions}</p>}
      {draft.solutions.length > 0 && (
        <ul class="entries">
          {draft.solutions.map((solution, index) => (
            <SolutionCard key={solution.key} {...props} solution={solution} index={index} />
          ))}
        </ul>
      )}
      <div class="actions">
        <Button
          icon="plus"
          onClick={() => {
            edit({ solutions: [...draft.solutions, emptySolution()] });
          }}
        >
          {draft.solutions.length === 0 ? words.addFirst : words.add}
        </Button>
      </div>
    </section>
  );
}
