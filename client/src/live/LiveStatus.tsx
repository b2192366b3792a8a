/** Small sign in the header: connected, reconnecting or away. */
export function LiveStatus() {
  return null;
}
