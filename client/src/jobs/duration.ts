const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** How long a run took, in words; null where it has not ended after it began. */
export function durationOf(startedAt: string, finishedAt: string | null): string | null {
  if (finishedAt === null) return null;
  const took = Date.parse(finishedAt) - Date.parse(startedAt);
  if (!(took >= 0)) return null;
  if (took < 1_000) return `${took} ms`;
  if (took < 60_000) return `${tenths.format(took / 1_000)} s`;
  return `${tenths.format(took / 60_000)} min`;
}
