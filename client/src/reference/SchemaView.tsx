import { t } from '../strings/text.ts';
import { resolved } from './openapi.ts';
import type { JsonSchema, OpenApi } from './openapi.ts';
import { limitTexts, objectIn, typeText } from './schemaText.ts';

const words = t.reference.schema;
/** Deeper fields open on demand. */
const openDepth = 1;

function FieldLine(props: { name: string; schema: JsonSchema; required: boolean }) {
  const limits = limitTexts(props.schema);
  return (
    <span class="schema-line">
      <code class="schema-name">{props.name}</code>
      <span class="schema-type">{typeText(props.schema)}</span>
      {!props.required && <span class="fine">{t.common.optional}</span>}
      {limits.length > 0 && <span class="fine schema-limits">{limits.join(' · ')}</span>}
      {props.schema.description !== undefined && <span class="fine">{props.schema.description}</span>}
    </span>
  );
}

function SchemaField(props: {
  document: OpenApi;
  name: string;
  schema: JsonSchema;
  required: boolean;
  depth: number;
}) {
  const schema = resolved(props.document, props.schema);
  const inner = objectIn(schema);
  const line = <FieldLine name={props.name} schema={schema} required={props.required} />;
  if (inner === null) return <li>{line}</li>;
  return (
    <li>
      <details open={props.depth < openDepth}>
        <summary>{line}</summary>
        <SchemaFields document={props.document} schema={inner} depth={props.depth + 1} />
      </details>
    </li>
  );
}

function SchemaFields(props: { document: OpenApi; schema: JsonSchema; depth: number }) {
  const { document, schema, depth } = props;
  return (
    <ul class="schema">
      {Object.entries(schema.properties ?? {}).map(([name, field]) => (
        <SchemaField
          key={name}
          document={document}
          name={name}
          schema={field}
          required={schema.required?.includes(name) ?? false}
          depth={depth}
        />
      ))}
    </ul>
  );
}

/** A JSON Schema as a readable list of fields; alternatives (such as kinds of events) one after the other. */
export function SchemaView({ document, schema }: { document: OpenApi; schema: JsonSchema }) {
  const plain = resolved(document, schema);
  const inner = objectIn(plain);
  const choices = plain.oneOf ?? (inner === null ? plain.anyOf : undefined);
  if (choices !== undefined) {
    return (
      <>
        {choices.map((choice, index) => (
          <div key={index} class="stack-small">
            {index > 0 && <p class="fine">{words.orElse}</p>}
            <SchemaView document={document} schema={choice} />
          </div>
        ))}
      </>
    );
  }
  if (inner === null) return <p class="schema-type">{typeText(plain)}</p>;
  return <SchemaFields document={document} schema={inner} depth={0} />;
}
