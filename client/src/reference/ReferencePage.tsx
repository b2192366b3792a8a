import { useState } from 'preact/hooks';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { Empty, Show } from '../components/feedback.tsx';
import { TextField } from '../components/fields.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { byTag, findOperations, operationsOf } from './openapi.ts';
import type { Body, OpenApi, Operation, Reply } from './openapi.ts';
import { SchemaView } from './SchemaView.tsx';
import { limitTexts, typeText } from './schemaText.ts';
import './reference.css';

const words = t.reference;

function accessText(access: Operation['access']): string {
  if (access === 'public') return words.access.everybody;
  if (access === 'signed-in') return words.access.signedIn;
  const names: Readonly<Record<string, string>> = t.shell.roles;
  return access.map((role) => names[role] ?? role).join(', ');
}

function Parameters({ operation }: { operation: Operation }) {
  if (operation.parameters.length === 0) return null;
  return (
    <section class="stack-small">
      <h4>{words.parameters}</h4>
      <ul class="schema">
        {operation.parameters.map((parameter) => (
          <li key={`${parameter.in}-${parameter.name}`}>
            <span class="schema-line">
              <code class="schema-name">{parameter.name}</code>
              <span class="schema-type">{typeText(parameter.schema)}</span>
              <span class="fine">{words.places[parameter.in]}</span>
              {parameter.required !== true && <span class="fine">{t.common.optional}</span>}
              <span class="fine schema-limits">{limitTexts(parameter.schema).join(' · ')}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function BodyView({ document, body }: { document: OpenApi; body: Body }) {
  return (
    <section class="stack-small">
      <h4>
        {words.body} <code class="fine">{body.mediaType}</code>
      </h4>
      <SchemaView document={document} schema={body.schema} />
    </section>
  );
}

function ReplyView({ document, reply }: { document: OpenApi; reply: Reply }) {
  const good = reply.status.startsWith('2');
  return (
    <li class="reply">
      <p class="badges">
        <Badge kind={good ? 'good' : 'plain'}>{reply.status}</Badge>
        <span>{reply.description}</span>
        {good && reply.body !== null && <code class="fine">{reply.body.mediaType}</code>}
      </p>
      {good && reply.body !== null && <SchemaView document={document} schema={reply.body.schema} />}
    </li>
  );
}

function Replies({ document, operation }: { document: OpenApi; operation: Operation }) {
  const good = operation.replies.filter(({ status }) => status.startsWith('2'));
  const refusals = operation.replies.filter(({ status }) => !status.startsWith('2'));
  return (
    <section class="stack-small">
      <h4>{words.replies}</h4>
      <ul class="plain-list stack-small">
        {good.map((reply) => (
          <ReplyView key={reply.status} document={document} reply={reply} />
        ))}
      </ul>
      {refusals.length > 0 && (
        <>
          <p class="fine">{words.refusals}</p>
          <ul class="badges plain-list">
            {refusals.map(({ status, description }) => (
              <li key={status}>
                <Badge>
                  {status} {description}
                </Badge>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function OperationView({ document, operation }: { document: OpenApi; operation: Operation }) {
  const [open, setOpen] = useState(false);
  return (
    <details
      class="operation"
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>
        <span class={`method method-${operation.method.toLowerCase()}`}>{operation.method}</span>
        <code class="operation-path">{operation.path}</code>
        <span class="operation-summary">{operation.summary}</span>
      </summary>
      {open && (
        <div class="operation-body stack">
          <p class="fine">
            {words.for}: {accessText(operation.access)} · <code>{operation.id}</code>
          </p>
          <Parameters operation={operation} />
          {operation.body !== null && <BodyView document={document} body={operation.body} />}
          <Replies document={document} operation={operation} />
        </div>
      )}
    </details>
  );
}

function Reference({ document }: { document: OpenApi }) {
  const [typed, setTyped] = useState('');
  const found = findOperations(operationsOf(document), typed);
  const base = document.servers?.[0]?.url ?? '';
  return (
    <div class="stack">
      {document.info.description !== undefined && <p>{document.info.description}</p>}
      <p>
        {words.base} <code>{base}</code> · <a href="/api/v1/openapi.json">{words.document}</a>
      </p>
      <div role="search" class="toolbar">
        <TextField label={words.search} name="search" type="search" value={typed} onInput={setTyped} />
      </div>
      <p class="fine" role="status">
        {words.found(found.length)}
      </p>
      {found.length === 0 && <Empty icon="search" title={words.nothing} />}
      {byTag(found).map(({ tag, operations }) => (
        <section key={tag} class="stack-small" aria-label={tag}>
          <h2>{tag}</h2>
          {operations.map((operation) => (
            <OperationView key={operation.id} document={document} operation={operation} />
          ))}
        </section>
      ))}
    </div>
  );
}

/** The API reference, made from the server's own OpenAPI document. */
export function ReferencePage(_props: PageProps) {
  const loaded = useLoad<OpenApi>('/openapi.json');
  return (
    <>
      <PageHeading title={words.title} lead={words.lead} />
      <Show of={loaded}>{(document) => <Reference document={document} />}</Show>
    </>
  );
}
