import type { ComponentChildren } from 'preact';
import type { ImportRowView, RowIssue } from '../../../server/imports/schema.ts';
import { countryName } from '../components/format.ts';
import { CountryMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { DECISIONS, decisionFor } from './decisions.ts';
import type { Decision, Decisions } from './decisions.ts';

const words = t.imports.report;

/** Refused rows: each thing that is wrong in a line of its own. */
export function RefusedRows({ rows }: { rows: readonly ImportRowView[] }) {
  return (
    <table class="table">
      <Head columns={[words.line, words.company, words.column, words.value, words.reason, words.allowed]} />
      <tbody>
        {rows.flatMap((row) =>
          row.issues.map((issue, place) => (
            <tr key={`${row.line}.${place}`}>
              <td class="number" data-label={words.line}>
                {issue.line}
              </td>
              <td data-label={words.company}>{row.name}</td>
              <td data-label={words.column}>{issue.column ?? words.wholeRow}</td>
              <td data-label={words.value}>
                <Value issue={issue} />
              </td>
              <td data-label={words.reason}>{issue.reason}</td>
              <td data-label={words.allowed}>{issue.allowed}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

function Value({ issue }: { issue: RowIssue }) {
  if (issue.value === null || issue.value === '') return <span class="undeclared">{words.noValue}</span>;
  return <code class="cell-value">{issue.value}</code>;
}

function Head({ columns }: { columns: readonly string[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Rows that are ready, or what was done with them; notes say what was left out. */
export function PlainRows({ rows }: { rows: readonly ImportRowView[] }) {
  return (
    <table class="table">
      <Head columns={[words.line, words.company, words.country, words.notes]} />
      <tbody>
        {rows.map((row) => (
          <tr key={row.line}>
            <td class="number" data-label={words.line}>
              {row.line}
            </td>
            <th scope="row">{row.name}</th>
            <td data-label={words.country}>
              <CountryMark code={row.country} />
            </td>
            <td data-label={words.notes}>{notesOf(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function notesOf(row: ImportRowView): ComponentChildren {
  if (row.issues.length === 0) return row.duplicateOf === null ? null : sameAs(row.duplicateOf);
  return (
    <ul class="row-notes">
      {row.issues.map((issue, place) => (
        <li key={place}>
          {issue.column !== null && <strong>{issue.column}: </strong>}
          {issue.reason}
        </li>
      ))}
    </ul>
  );
}

function sameAs(other: NonNullable<ImportRowView['duplicateOf']>): string {
  return other.line === null
    ? words.sameAs(other.name, countryName(other.country))
    : words.sameAsLine(other.line, other.name);
}

/** Rows whose company seems to be there already, each with its own answer. */
export function DuplicateRows(props: {
  rows: readonly ImportRowView[];
  decisions: Decisions;
  onDecide: (line: number, decision: Decision) => void;
}) {
  return (
    <ul class="stack-small">
      {props.rows.map((row) => (
        <li key={row.line} class="card duplicate">
          <div>
            <p class="label">
              {row.name}
              <span class="fine number">
                {' '}
                {words.line} {row.line}
              </span>
            </p>
            <CountryMark code={row.country} />
          </div>
          {row.duplicateOf !== null && (
            <div>
              <p>
                {row.duplicateOf.smeId === null ? (
                  sameAs(row.duplicateOf)
                ) : (
                  <a href={`/smes/${row.duplicateOf.smeId}`} target="_blank">
                    {sameAs(row.duplicateOf)}
                  </a>
                )}
              </p>
              <p class="fine">{row.duplicateOf.because}</p>
            </div>
          )}
          <DecisionButtons
            label={words.decide(row.name, row.line)}
            decision={decisionFor(props.decisions, row.line)}
            onDecide={(decision) => {
              props.onDecide(row.line, decision);
            }}
          />
        </li>
      ))}
    </ul>
  );
}

/** One of three answers, side by side. */
export function DecisionButtons(props: {
  label: string;
  decision: Decision;
  onDecide: (decision: Decision) => void;
}) {
  return (
    <fieldset class="decisions">
      <legend class="visually-hidden">{props.label}</legend>
      {DECISIONS.map((decision) => (
        <label key={decision} class="decision">
          <input
            type="radio"
            class="visually-hidden"
            name={props.label}
            checked={props.decision === decision}
            onChange={() => {
              props.onDecide(decision);
            }}
          />
          <span>{words.decisions[decision]}</span>
        </label>
      ))}
    </fieldset>
  );
}
