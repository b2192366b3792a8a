/** The parts of an OpenAPI 3.1 document that the reference page reads. */
export interface JsonSchema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  description?: string;
  default?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  $ref?: string;
}
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: JsonSchema;
}
interface Content {
  content?: Record<string, { schema?: JsonSchema }>;
}
interface ResponseObject extends Content {
  description?: string;
  $ref?: string;
}
interface OperationObject {
  operationId: string;
  tags?: string[];
  summary?: string;
  description?: string;
  'x-access'?: 'public' | 'signed-in' | string[];
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, ResponseObject>;
}
export interface OpenApi {
  info: { title: string; version: string; description?: string };
  servers?: { url: string }[];
  paths: Record<string, Record<string, OperationObject>>;
  components?: { schemas?: Record<string, JsonSchema>; responses?: Record<string, ResponseObject> };
}

export interface Body {
  mediaType: string;
  schema: JsonSchema;
}
export interface Reply {
  status: string;
  description: string;
  body: Body | null;
}
/** One operation as the page shows it. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  access: 'public' | 'signed-in' | string[];
  parameters: Parameter[];
  body: Body | null;
  replies: Reply[];
}

function bodyOf(content: Content | undefined): Body | null {
  const [first] = Object.entries(content?.content ?? {});
  return first === undefined ? null : { mediaType: first[0], schema: first[1].schema ?? {} };
}

function replyOf(document: OpenApi, status: string, response: ResponseObject): Reply {
  const name = response.$ref?.split('/').at(-1);
  const found = name === undefined ? response : (document.components?.responses?.[name] ?? response);
  return { status, description: found.description ?? '', body: bodyOf(found) };
}

/** Every operation of the document, in its own order. */
export function operationsOf(document: OpenApi): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      tag: operation.tags?.[0] ?? '',
      summary: operation.summary ?? '',
      access: operation['x-access'] ?? 'public',
      parameters: operation.parameters ?? [],
      body: bodyOf(operation.requestBody),
      replies: Object.entries(operation.responses).map(([status, reply]) => replyOf(document, status, reply)),
    })),
  );
}

/** The schema that a reference stands for; the schema itself where it is none. */
export function resolved(document: OpenApi, schema: JsonSchema): JsonSchema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (document.components?.schemas?.[name] ?? schema);
}

/** Operations in which every typed word occurs, in path, method, summary, tag or id. */
export function findOperations(operations: readonly Operation[], typed: string): Operation[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter(({ method, path, summary, tag, id }) => {
    const text = `${method} ${path} ${summary} ${tag} ${id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Operations by tag, in the order in which the tags first occur. */
export function byTag(operations: readonly Operation[]): { tag: string; operations: Operation[] }[] {
  const tags = new Map<string, Operation[]>();
  for (const operation of operations) {
    const known = tags.get(operation.tag);
    if (known === undefined) tags.set(operation.tag, [operation]);
    else known.push(operation);
  }
  return [...tags].map(([tag, list]) => ({ tag, operations: list }));
}
