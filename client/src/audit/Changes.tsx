import { useState } from 'preact/hooks';
import { Button } from '../components/Button.tsx';
import { t } from '../strings/text.ts';
import { changesBetween, type FieldChange } from './differences.ts';

const words = t.audit;
/** More are shown on demand. */
const FEW = 4;
/** A value longer than this is shortened. */
const LONG = 120;

const short = (text: string): string => (text.length > LONG ? `${text.slice(0, LONG)} …` : text);

function Value({ text }: { text: string | null }) {
  return text === null || text === '' ? <span class="undeclared">{words.nothing}</span> : <>{short(text)}</>;
}

function Line({ change, both }: { change: FieldChange; both: boolean }) {
  return (
    <div>
      <dt>{change.field}</dt>
      <dd>
        {both && (
          <>
            <del>
              <span class="visually-hidden">{words.before} </span>
              <Value text={change.before} />
            </del>{' '}
            <span aria-hidden="true">→</span>{' '}
          </>
        )}
        <ins>
          {both && <span class="visually-hidden">{words.after} </span>}
          <Value text={both ? change.after : (change.after ?? change.before)} />
        </ins>
      </dd>
    </div>
  );
}

/** What a decision changed, field by field: what was struck out, what is there now. */
export function Changes(props: {
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>> | null;
}) {
  const { before, after } = props;
  const [all, setAll] = useState(false);
  const changes = changesBetween(before, after);
  const both = before !== null && after !== null;
  if (changes.length === 0) return <p class="fine">{words.unchanged}</p>;
  const shown = all ? changes : changes.slice(0, FEW);
  const hidden = changes.length - shown.length;
  return (
    <>
      {!both && <p class="fine">{before === null ? words.added : words.removed}</p>}
      <dl class="changes">
        {shown.map((change) => (
          <Line key={change.field} change={change} both={both} />
        ))}
      </dl>
      {hidden > 0 && (
        <Button
          small
          kind="quiet"
          onClick={() => {
            setAll(true);
          }}
        >
          {words.more(hidden)}
        </Button>
      )}
    </>
  );
}
