import type { SmeCard } from '../../../server/smes/schema.ts';
import { Button } from '../components/Button.tsx';
import { TextField } from '../components/fields.tsx';
import { Notice } from '../components/feedback.tsx';
import { Badge, DemoMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import type { DeclarationDraft, LinkDraft } from './draft.ts';
import { emptyLink } from './draft.ts';
import { withEntry } from './edit.ts';
import type { SectionProps } from './edit.ts';
import { isUndeclared } from './input.ts';

const words = t.profile.declaration;

function Figure(props: {
  label: string;
  name: string;
  value: string;
  onInput: (value: string) => void;
  errors: Readonly<Record<string, string>>;
  hint?: string;
  optional?: boolean;
}) {
  return (
    <TextField
      label={props.label}
      name={props.name}
      inputMode="decimal"
      value={props.value}
      onInput={props.onInput}
      error={props.errors[props.name]}
      optional={props.optional === true}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
    />
  );
}

type Change = (part: Partial<DeclarationDraft>) => void;
type Errors = Readonly<Record<string, string>>;

function LinkEntry(props: {
  link: LinkDraft;
  index: number;
  declaration: DeclarationDraft;
  change: Change;
  errors: Errors;
}) {
  const { link, errors } = props;
  const at = `declaration.links.${props.index}`;
  const set = (part: Partial<LinkDraft>) => {
    props.change({ links: withEntry(props.declaration.links, link.key, part) });
  };
  const figure = (field: 'share' | 'headcount' | 'turnoverEur' | 'balanceSheetEur', optional: boolean) => (
    <Figure
      label={words.link[field]}
      name={`${at}.${field}`}
      value={link[field]}
      optional={optional}
      errors={errors}
      onInput={(typed) => {
        set({ [field]: typed });
      }}
    />
  );
  return (
    <li class="entry">
      <div class="card-head">
        <h4>{link.name || words.link.untitled(props.index + 1)}</h4>
        <Button
          kind="quiet"
          small
          label={words.link.removeThis(link.name || words.link.untitled(props.index + 1))}
          onClick={() => {
            props.change({ links: props.declaration.links.filter((other) => other.key !== link.key) });
          }}
        >
          {t.common.remove}
        </Button>
      </div>
      <div class="fields">
        <TextField
          label={words.link.name}
          name={`${at}.name`}
          value={link.name}
          onInput={(name) => {
            set({ name });
          }}
          error={errors[`${at}.name`]}
        />
        {figure('share', false)}
        {figure('headcount', false)}
        {figure('turnoverEur', true)}
        {figure('balanceSheetEur', true)}
      </div>
    </li>
  );
}

function Outcome(props: { sizeClass: SmeCard['sizeClass']; undeclared: boolean; dirty: boolean }) {
  const { sizeClass } = props;
  if (props.undeclared && sizeClass === 'not-yet-declared') {
    return (
      <Notice kind="warning" title={t.common.notYetDeclared}>
        <p>{words.undeclared}</p>
      </Notice>
    );
  }
  const kind = sizeClass === 'not-an-sme' ? 'bad' : sizeClass === 'not-yet-declared' ? 'warning' : 'good';
  return (
    <Notice kind={kind} title={words.outcome(t.common.sizes[sizeClass])}>
      <p>{words.rules[sizeClass]}</p>
      {props.dirty && <p class="fine">{words.afterSaving}</p>}
    </Notice>
  );
}

function Links(props: { declaration: DeclarationDraft; change: Change; errors: Errors }) {
  const { declaration, change } = props;
  return (
    <div class="stack-small" data-field="declaration.links">
      <h3>{words.links}</h3>
      <p class="fine">{words.linksHint}</p>
      {declaration.links.length > 0 && (
        <ul class="entries">
          {declaration.links.map((link, index) => (
            <LinkEntry key={link.key} link={link} index={index} {...props} />
          ))}
        </ul>
      )}
      <div class="actions">
        <Button
          icon="plus"
          small
          onClick={() => {
            change({ links: [...declaration.links, emptyLink()] });
          }}
        >
          {words.addLink}
        </Button>
      </div>
    </div>
  );
}

/** The dated self-declaration of size (Recommendation 2003/361/EC), and what follows from it. */
export function DeclarationSection(
  props: SectionProps & { sizeClass: SmeCard['sizeClass']; declarationChanged: boolean },
) {
  const { draft, edit, errors } = props;
  const { declaration } = draft;
  const change: Change = (part) => {
    edit({ declaration: { ...declaration, ...part } }, 'declaration');
  };
  const undeclared = isUndeclared(declaration);
  return (
    <section class="card" aria-labelledby="profile-declaration" data-field="declaration">
      <div class="card-head">
        <h2 id="profile-declaration">{words.title}</h2>
        <span class="badges">
          <DemoMark when={draft.demoAnswers.includes('declaration')} />
          <Badge>{words.visible}</Badge>
        </span>
      </div>
      <p class="fine">{words.lead}</p>
      <Outcome sizeClass={props.sizeClass} undeclared={undeclared} dirty={props.declarationChanged} />
      <div class="fields">
        <Figure
          label={words.headcount}
          hint={words.headcountHint}
          name="declaration.headcount"
          value={declaration.headcount}
          errors={errors}
          onInput={(headcount) => {
            change({ headcount });
          }}
        />
        <Figure
          label={words.turnover}
          hint={words.moneyHint}
          name="declaration.turnoverEur"
          value={declaration.turnoverEur}
          errors={errors}
          onInput={(turnoverEur) => {
            change({ turnoverEur });
          }}
        />
        <Figure
          label={words.balanceSheet}
          hint={words.moneyHint}
          name="declaration.balanceSheetEur"
          value={declaration.balanceSheetEur}
          errors={errors}
          onInput={(balanceSheetEur) => {
            change({ balanceSheetEur });
          }}
        />
        <TextField
          label={words.date}
          hint={words.dateHint}
          name="declaration.date"
          type="date"
          value={declaration.date}
          onInput={(date) => {
            change({ date });
          }}
          error={errors['declaration.date'] ?? errors.declaration}
        />
      </div>
      <Links declaration={declaration} change={change} errors={errors} />
      {!undeclared && (
        <div class="actions">
          <Button
            kind="quiet"
            small
            onClick={() => {
              change({ headcount: '', turnoverEur: '', balanceSheetEur: '', links: [] });
            }}
          >
            {words.withdraw}
          </Button>
        </div>
      )}
    </section>
  );
}
