/** Counts messages of one socket: at most `max` in each span of `spanMs`. */
export function createRate(max: number, spanMs: number, now: () => number): () => boolean {
  let begun = now();
  let count = 0;
  return () => {
    if (now() - begun >= spanMs) {
      begun = now();
      count = 0;
    }
    count += 1;
    return count <= max;
  };
}
