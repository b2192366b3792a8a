/** The MongoDB wire protocol: OP_MSG, and OP_QUERY with OP_REPLY for the first greeting of a connection. */
import { decode, type Doc, elements, own, wrapElements } from './bson.ts';
import { fail } from './errors.ts';

const opReply = 1;
const opQuery = 2004;
const opMessage = 2013;
const headerBytes = 16;
const maxMessageBytes = 48_000_000;
const checksumPresent = 1;
const moreToCome = 2;
const knownFlags = checksumPresent | moreToCome | (1 << 16);

/** One command as it arrived. */
export interface Request {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  readonly body: Doc;
  /** Documents of `insert`, as the bytes that the client sent. */
  readonly documents: readonly Uint8Array[];
  readonly legacy: boolean;
  readonly wantsReply: boolean;
}

/** Cuts a stream of chunks into messages. */
export class MessageReader {
  private chunks: Buffer[] = [];
  private length = 0;

  /** Throws if the client announces an impossible length. */
  *push(chunk: Buffer): Iterable<Buffer> {
    this.chunks.push(chunk);
    this.length += chunk.length;
    for (let size = this.expected(); size !== undefined && this.length >= size; size = this.expected()) {
      const all =
        this.chunks.length === 1 && this.chunks[0] ? this.chunks[0] : Buffer.concat(this.chunks, this.length);
      this.chunks = all.length > size ? [all.subarray(size)] : [];
      this.length = all.length - size;
      yield all.subarray(0, size);
    }
  }

  private expected(): number | undefined {
    if (this.length < headerBytes) return undefined;
    if ((this.chunks[0]?.length ?? 0) < 4) this.chunks = [Buffer.concat(this.chunks, this.length)];
    const size = this.chunks[0]?.readInt32LE(0) ?? 0;
    if (size < headerBytes || size > maxMessageBytes) throw new Error(`a message announces ${size} bytes`);
    return size;
  }
}

/** Reads one message. Throws for opcodes and flags that no supported driver sends. */
export function parseMessage(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const opcode = message.readInt32LE(12);
  if (opcode === opQuery) return parseQuery(message, id);
  if (opcode !== opMessage) throw new Error(`the opcode ${opcode} is not known`);
  const flags = message.readUInt32LE(headerBytes);
  if ((flags & 0xffff & ~knownFlags) !== 0) throw new Error(`the flags ${flags} are not known`);
  const end = message.length - (flags & checksumPresent ? 4 : 0);
  return toRequest(
    parseSections(message.subarray(headerBytes + 4, end)),
    id,
    false,
    (flags & moreToCome) === 0,
  );
}

function parseQuery(message: Buffer, id: number): Request {
  const nameEnd = message.indexOf(0, headerBytes + 4);
  const start = nameEnd + 1 + 8;
  const body = message.subarray(start, start + message.readInt32LE(start));
  const database = message.toString('utf8', headerBytes + 4, nameEnd).split('.')[0] ?? '';
  return toRequest({ body, sequences: new Map() }, id, true, true, database);
}

interface Sections {
  body: Uint8Array | undefined;
  readonly sequences: Map<string, Uint8Array[]>;
}

function parseSections(bytes: Buffer): Sections {
  const sections: Sections = { body: undefined, sequences: new Map() };
  let at = 0;
  while (at < bytes.length) {
    const kind = bytes.readUInt8(at);
    const size = bytes.readInt32LE(at + 1);
    const content = bytes.subarray(at + 1, at + 1 + size);
    if (size < 5 || content.length < size) throw new Error('a section is cut off');
    if (kind === 0) sections.body = content;
    else if (kind === 1) {
      const nameEnd = content.indexOf(0, 4);
      sections.sequences.set(
        content.toString('utf8', 4, nameEnd),
        splitDocuments(content.subarray(nameEnd + 1)),
      );
    } else throw new Error(`the section kind ${kind} is not known`);
    at += 1 + size;
  }
  return sections;
}

function splitDocuments(bytes: Buffer): Uint8Array[] {
  const documents: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at)) {
    const size = bytes.readInt32LE(at);
    if (size < 5 || at + size > bytes.length) throw new Error('a document is cut off');
    documents.push(bytes.subarray(at, at + size));
  }
  return documents;
}

function toRequest(
  sections: Sections,
  id: number,
  legacy: boolean,
  wantsReply: boolean,
  database = '',
): Request {
  if (!sections.body) throw new Error('a message has no body');
  const parts = elements(sections.body);
  const name = parts[0]?.name ?? '';
  const list = name === 'insert' ? parts.find((part) => part.name === 'documents') : undefined;
  const body = decode(list ? without(sections.body, list) : sections.body);
  const documents = list ? arrayItems(sections.body, list) : [];
  for (const [field, sequence] of sections.sequences) {
    if (field === 'documents' && name === 'insert') documents.push(...sequence);
    else body[field] = sequence.map((bytes) => decode(bytes));
  }
  const named = own(body, '$db');
  return {
    id,
    database: typeof named === 'string' ? named : database,
    name,
    body,
    documents,
    legacy,
    wantsReply,
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function without(bytes: Uint8Array, { start, end }: Span): Buffer {
  return wrapElements([bytes.subarray(4, start), bytes.subarray(end, -1)]);
}

/** The documents of an array element, as the client's bytes. */
function arrayItems(bytes: Uint8Array, { start, end }: Span): Uint8Array[] {
  const array = bytes.subarray(bytes.indexOf(0, start + 1) + 1, end);
  return elements(array).map((item) => {
    if (array[item.start] !== 3)
      fail(14, "BSON field 'insert.documents' has the wrong type: documents are expected");
    return array.subarray(array.indexOf(0, item.start + 1) + 1, item.end);
  });
}

/** Frames an answer for the request. */
export function frameReply(request: Request, responseId: number, document: Uint8Array): Buffer {
  const extra = request.legacy ? 20 : 5;
  const message = Buffer.alloc(headerBytes + extra + document.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(responseId, 4);
  message.writeInt32LE(request.id, 8);
  message.writeInt32LE(request.legacy ? opReply : opMessage, 12);
  // OP_REPLY: flags, cursor id, start, count of documents; OP_MSG: flags and the kind of the section, all zero
  if (request.legacy) message.writeInt32LE(1, headerBytes + 16);
  message.set(document, headerBytes + extra);
  return message;
}
