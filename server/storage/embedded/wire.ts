/** The MongoDB wire protocol: OP_MSG, and OP_QUERY with OP_REPLY for the first greeting of a connection. */
import { decode, type Doc, own } from './bson.ts';

const opReply = 1;
const opQuery = 2004;
const opMessage = 2013;
const headerBytes = 16;
const maxMessageBytes = 48_000_000;
/** The flag of a message that wants no answer. */
const moreToCome = 2;

/** One command as it arrived. The documents of an `insert` are left as the bytes that the client sent. */
export interface Request {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  readonly body: Doc;
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
    for (let size = this.expected(); this.length >= size; size = this.expected()) {
      const all = Buffer.concat(this.chunks, this.length);
      this.chunks = [all.subarray(size)];
      this.length = all.length - size;
      yield all.subarray(0, size);
    }
  }

  private expected(): number {
    if (this.length < headerBytes) return headerBytes;
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
  if (opcode === opQuery) {
    const nameEnd = message.indexOf(0, headerBytes + 4);
    return requestOf(decode(message.subarray(nameEnd + 9)), { id, legacy: true, wantsReply: true });
  }
  const flags = message.readUInt32LE(headerBytes);
  // the lower 16 flags must be understood, the others may be ignored
  if (opcode !== opMessage || (flags & 0xffff & ~moreToCome) !== 0)
    throw new Error(`the opcode ${opcode} with the flags ${flags} is not known`);
  const wantsReply = (flags & moreToCome) === 0;
  return requestOf(parseSections(message.subarray(headerBytes + 4)), { id, legacy: false, wantsReply });
}

function requestOf(body: Doc, rest: Pick<Request, 'id' | 'legacy' | 'wantsReply'>): Request {
  const [[name] = ['']] = Object.entries(body);
  const database = own(body, '$db');
  return { ...rest, name, body, database: typeof database === 'string' ? database : '' };
}

/** The body of a command; its long lists may come in sections of their own. */
function parseSections(bytes: Buffer): Doc {
  let body: Doc = {};
  const lists: Doc = {};
  for (let at = 0; at < bytes.length;) {
    const kind = bytes.readUInt8(at);
    const size = bytes.readInt32LE(at + 1);
    const content = bytes.subarray(at + 1, at + 1 + size);
    if (size < 5 || content.length < size || kind > 1) throw new Error('a section is not readable');
    if (kind === 0) body = decode(content, { fieldsAsRaw: { documents: true } });
    else {
      const nameEnd = content.indexOf(0, 4);
      const name = content.toString('utf8', 4, nameEnd);
      const documents = splitDocuments(content.subarray(nameEnd + 1));
      lists[name] = name === 'documents' ? documents : documents.map((document) => decode(document));
    }
    at += 1 + size;
  }
  return { ...body, ...lists };
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

/** Frames an answer for the request. */
export function frameReply(request: Request, responseId: number, document: Uint8Array): Buffer {
  // OP_REPLY: flags, cursor id, start, count of documents; OP_MSG: flags and the kind of the section, all zero
  const extra = request.legacy ? 20 : 5;
  const message = Buffer.alloc(headerBytes + extra + document.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(responseId, 4);
  message.writeInt32LE(request.id, 8);
  message.writeInt32LE(request.legacy ? opReply : opMessage, 12);
  if (request.legacy) message.writeInt32LE(1, headerBytes + 16);
  message.set(document, headerBytes + extra);
  return message;
}
