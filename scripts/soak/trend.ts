/** One measurement: minutes since the start, and a value. */
export interface Point {
  readonly minute: number;
  readonly value: number;
}

/** How fast a value grows, for each hour, with its 95 % interval. */
export interface Trend {
  readonly perHour: number;
  readonly low: number;
  readonly high: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The straight line through points by least squares, with the normal 95 % interval of its slope. Null for fewer than three points: these
 * say nothing of the noise.
 */
export function trendOf(points: readonly Point[]): Trend | null {
  if (points.length < 3) return null;
  const [x, y] = [mean(points.map(({ minute }) => minute)), mean(points.map(({ value }) => value))];
  const spread = points.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
  const slope = points.reduce((sum, { minute, value }) => sum + (minute - x) * (value - y), 0) / spread;
  const rest = points.reduce((sum, { minute, value }) => sum + (value - y - slope * (minute - x)) ** 2, 0);
  const error = Math.sqrt(rest / (points.length - 2) / spread);
  return { perHour: slope * 60, low: (slope - 1.96 * error) * 60, high: (slope + 1.96 * error) * 60 };
}

/** Growth below this may be a cache that is not full yet. */
export const GROWTH_MB_PER_HOUR = 5;

/** Whether memory grows beyond noise and beyond what caches may take. */
export const grows = (trend: Trend): boolean => trend.low > GROWTH_MB_PER_HOUR;
