/** Lengths that the second byte of a frame tells itself; beyond them two or eight bytes follow. */
const SHORT_MOST = 125;
const TWO_BYTES_MOST = 0xffff;

/** A text message as the one frame that a server sends of it (RFC 6455, 5.2): whole, and not masked. */
export function textFrame(parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  let at = length <= SHORT_MOST ? 2 : length <= TWO_BYTES_MOST ? 4 : 10;
  const frame = Buffer.allocUnsafe(at + length);
  frame[0] = 0x81;
  frame[1] = at === 2 ? length : at === 4 ? 126 : 127;
  if (at === 4) frame.writeUInt16BE(length, 2);
  if (at === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  return frame;
}
