import { TextWriter } from '../text/writer.ts';

/** Lengths that the second byte of a frame tells itself; beyond them two or eight bytes follow. */
const SHORT_MOST = 125;
const TWO_BYTES_MOST = 0xffff;
/** The last frame of a message, which is a text. */
const TEXT = 0x81;

/** What comes before a message of this length. */
function headOf(length: number): Buffer {
  if (length <= SHORT_MOST) return Buffer.from([TEXT, length]);
  if (length <= TWO_BYTES_MOST) return Buffer.from([TEXT, 126, length >>> 8, length & 0xff]);
  const head = Buffer.from([TEXT, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/** A text message as the one frame that a server sends of it (RFC 6455, 5.2): whole, and not masked. */
export function textFrame(parts: readonly Uint8Array[]): Buffer {
  const frame = new TextWriter().bytes(headOf(parts.reduce((sum, part) => sum + part.length, 0)));
  for (const part of parts) frame.bytes(part);
  return frame.take();
}
