/**
 * Problem: of a large document a small change is to cost little, in memory and on disk.
 * Method: a changed document is described by pieces: spans of the old bytes, and new bytes between them. Put together they are the new
 * document; written one behind the other they are a patch, which makes the new bytes of the old ones.
 */
import { type Doc, elements, fieldBytes, isDoc, type Value } from './bson.ts';
import { childOf } from './path.ts';

/** A part of the new bytes: a span of the old ones, or fresh ones. */
export type Piece = { readonly from: number; readonly to: number } | Uint8Array;

/** A document that was made from another one by copying what changes and sharing the rest. */
export interface Changed {
  readonly doc: Doc;
  /** The documents and arrays in it that were copied because something below them changed. */
  readonly copied: ReadonlySet<Value>;
}

/** Where a document or an array lay in the old bytes. */
interface Place {
  readonly value: Value;
  readonly from: number;
  readonly to: number;
}

const end = Buffer.alloc(1);

/** The pieces of a changed document. */
export function piecesOf(
  changed: Changed,
  before: { readonly doc: Doc; readonly bytes: Uint8Array },
): Piece[] {
  const pieces: Piece[] = [];
  const { bytes } = before;

  const keep = (from: number, to: number): number => {
    const last = pieces.at(-1);
    if (last && !(last instanceof Uint8Array) && last.to === from)
      pieces[pieces.length - 1] = { from: last.from, to };
    else pieces.push({ from, to });
    return to - from;
  };
  const add = (fresh: Uint8Array): number => {
    pieces.push(fresh);
    return fresh.length;
  };

  /** Describes a document or an array beside the old one; gives its length. */
  function describe(value: Doc | Value[], old: Place): number {
    const head = Buffer.alloc(4);
    let length = add(head);
    const known = new Map(elements(bytes.subarray(old.from, old.to)).map((one) => [one.name, one]));
    for (const [name, child] of Object.entries(value)) {
      const element = known.get(name);
      const was = childOf(old.value, name);
      if (!element) length += add(fieldBytes({ [name]: child }));
      else if (was === child) length += keep(old.from + element.start, old.from + element.end);
      else if (changed.copied.has(child) && isContainer(child) && isContainer(was)) {
        length += keep(old.from + element.start, old.from + element.valueStart);
        length += describe(child, {
          value: was,
          from: old.from + element.valueStart,
          to: old.from + element.end,
        });
      } else length += add(fieldBytes({ [name]: child }));
    }
    length += add(end);
    head.writeInt32LE(length);
    return length;
  }

  describe(changed.doc, { value: before.doc, from: 0, to: bytes.length });
  return pieces;
}

function isContainer(value: Value): value is Doc | Value[] {
  return isDoc(value) || Array.isArray(value);
}

/** The new bytes. */
export function joinPieces(pieces: readonly Piece[], old: Uint8Array): Buffer {
  return Buffer.concat(
    pieces.map((piece) => (piece instanceof Uint8Array ? piece : old.subarray(piece.from, piece.to))),
  );
}

/** In the place of an offset in a patch: fresh bytes follow. No document is that long. */
const fresh = 0xffffffff;

/** Pieces as bytes: for each an offset and a length, and the bytes where they are fresh. */
export function patchOf(pieces: readonly Piece[]): Buffer {
  return Buffer.concat(
    pieces.flatMap((piece) => {
      const isFresh = piece instanceof Uint8Array;
      const head = Buffer.alloc(8);
      head.writeUInt32LE(isFresh ? fresh : piece.from, 0);
      head.writeUInt32LE(isFresh ? piece.length : piece.to - piece.from, 4);
      return isFresh ? [head, piece] : [head];
    }),
  );
}

/** Makes the new bytes of the old ones. */
export function applyPatch(old: Uint8Array, patch: Uint8Array): Buffer {
  const view = Buffer.from(patch.buffer, patch.byteOffset, patch.byteLength);
  const pieces: Piece[] = [];
  for (let at = 0; at < view.length;) {
    const [from, length] = [view.readUInt32LE(at), view.readUInt32LE(at + 4)];
    at += 8;
    if (from === fresh) {
      pieces.push(view.subarray(at, at + length));
      at += length;
    } else pieces.push({ from, to: from + length });
  }
  return joinPieces(pieces, old);
}
