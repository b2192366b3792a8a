/** A key for one filled form: a request that is sent twice with it makes one thing. */
export function onceKey(): string {
  // Not `randomUUID`, which browsers offer on secure origins only.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
