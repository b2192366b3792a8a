import { Button } from '../components/Button.tsx';
import { TextArea } from '../components/fields.tsx';
import { DemoMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import type { NeedDraft } from './draft.ts';
import { emptyNeed } from './draft.ts';
import { errorUnder, withEntry } from './edit.ts';
import type { SectionProps } from './edit.ts';
import { TermPickers } from './TermPicker.tsx';
import { TrlSelect } from './TrlSelect.tsx';

const words = t.profile.needs;

function NeedCard(props: SectionProps & { need: NeedDraft; index: number }) {
  const { need, index, draft, edit, errors } = props;
  const at = `needs.${index}`;
  const change = (part: Partial<NeedDraft>) => {
    edit({ needs: withEntry(draft.needs, need.key, part) }, 'needs');
  };
  const heading = words.numbered(index + 1);
  return (
    <li class="entry">
      <div class="card-head">
        <h3>{heading}</h3>
        <Button
          kind="quiet"
          small
          label={words.removeThis(heading)}
          onClick={() => {
            edit({ needs: draft.needs.filter((other) => other.key !== need.key) }, 'needs');
          }}
        >
          {t.common.remove}
        </Button>
      </div>
      <TextArea
        label={words.words}
        hint={words.wordsHint}
        name={`${at}.words`}
        value={need.words}
        onInput={(typed) => {
          change({ words: typed });
        }}
        error={errors[`${at}.words`]}
      />
      <div class="fields">
        <TrlSelect
          label={words.trlMin}
          name={`${at}.trlMin`}
          unknown={words.any}
          value={need.trlMin}
          onChange={(trlMin) => {
            change({ trlMin });
          }}
          error={errors[`${at}.trlMin`]}
        />
        <TrlSelect
          label={words.trlMax}
          name={`${at}.trlMax`}
          unknown={words.any}
          value={need.trlMax}
          onChange={(trlMax) => {
            change({ trlMax });
          }}
          error={errors[`${at}.trlMax`]}
        />
      </div>
      <TermPickers
        legend={words.terms}
        name={at}
        terms={need}
        errorOf={(field) => errorUnder(errors, field)}
        onChange={change}
      />
    </li>
  );
}

/** What the company seeks in a partner. */
export function NeedsSection(props: SectionProps) {
  const { draft, edit, errors } = props;
  return (
    <section class="card" aria-labelledby="profile-needs" data-field="needs">
      <div class="card-head">
        <h2 id="profile-needs">{words.title}</h2>
        <DemoMark when={draft.demoAnswers.includes('needs')} />
      </div>
      <p class="fine">{words.lead}</p>
      {errors.needs && <p class="field-error">{errors.needs}</p>}
      {draft.needs.length > 0 && (
        <ul class="entries">
          {draft.needs.map((need, index) => (
            <NeedCard key={need.key} {...props} need={need} index={index} />
          ))}
        </ul>
      )}
      <div class="actions">
        <Button
          icon="plus"
          onClick={() => {
            edit({ needs: [...draft.needs, emptyNeed()] }, 'needs');
          }}
        >
          {draft.needs.length === 0 ? words.addFirst : words.add}
        </Button>
      </div>
    </section>
  );
}
