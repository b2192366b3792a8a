/** A point in units of the drawing. */
type Point = readonly [x: number, y: number];
type Ring = readonly Point[];
/** The outlines of one country: outer rings and holes alike. */
export type Projected = readonly Ring[];

/** What the client needs to know of a country's looks. */
export interface DrawnShape {
  /** SVG path in whole units. */
  readonly path: string;
  /** Where a label sits: the point of the largest part that is farthest from its borders. */
  readonly x: number;
  readonly y: number;
  /** Room around that point, to the nearest border. */
  readonly room: number;
}

/** Islets below this area, in square units, are left out, but for a country's largest part. */
const SMALLEST_PART = 14;
/** A bend of less than this, in units, is not worth a point. */
const STRAIGHT = 0.7;
/** Points tried along the longer side of a country when its label's place is sought. */
const STEPS = 60;

/** The rings of a path that has only M, L and Z, as d3's are. */
export function ringsOf(path: string): Projected {
  return path
    .split('M')
    .filter((part) => part !== '')
    .map((part) =>
      part
        .replace('Z', '')
        .split('L')
        .map((pair): Point => {
          const [x = NaN, y = NaN] = pair.split(',').map(Number);
          return [x, y];
        }),
    );
}

/** Twice the signed area of a ring. */
const signedArea = (ring: Ring): number =>
  ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
const areaOf = (ring: Ring): number => Math.abs(signedArea(ring)) / 2;

/** How far a point is from the line through two others. */
function offLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  return Math.abs((by - ay) * x - (bx - ax) * y + bx * ay - by * ax) / length;
}

/** Whole units, without points that repeat the one before or lie on the line between their neighbours. */
function tidy(ring: Ring): Ring {
  const kept: Point[] = [];
  for (const [x, y] of ring) {
    const point: Point = [Math.round(x), Math.round(y)];
    const last = kept.at(-1);
    if (last !== undefined && last[0] === point[0] && last[1] === point[1]) continue;
    const before = kept.at(-2);
    if (last !== undefined && before !== undefined && offLine(last, before, point) < STRAIGHT) kept.pop();
    kept.push(point);
  }
  return kept;
}

/** The path in steps from point to point, which are shorter to write than places. */
function pathOf(ring: Ring): string {
  const [first] = ring;
  if (first === undefined) return '';
  let [x, y] = first;
  const steps = ring.slice(1).map(([nextX, nextY]) => {
    const step = `${nextX - x} ${nextY - y}`;
    [x, y] = [nextX, nextY];
    return step;
  });
  return `M${first[0]} ${first[1]}l${steps.join(' ').replaceAll(' -', '-')}z`;
}

/** Distance of a point inside a ring to its nearest side; below zero outside. */
function depthOf([x, y]: Point, ring: Ring): number {
  let inside = false;
  let nearest = Infinity;
  for (const [at, [ax, ay]] of ring.entries()) {
    const [bx, by] = ring[(at + 1) % ring.length] ?? [ax, ay];
    const crosses = Math.min(ay, by) <= y && y < Math.max(ay, by);
    if (crosses && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1);
    const share = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay)));
  }
  return inside ? nearest : -nearest;
}

/** The point of a ring that is farthest from its sides, found on a grid. */
function deepest(ring: Ring): { x: number; y: number; room: number } {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const step = Math.max(Math.max(...xs) - left, Math.max(...ys) - top) / STEPS;
  let best = { x: left, y: top, room: -Infinity };
  for (let column = 0; column <= STEPS; column += 1) {
    for (let row = 0; row <= STEPS; row += 1) {
      const point: Point = [left + column * step, top + row * step];
      const room = depthOf(point, ring);
      if (room > best.room) best = { x: point[0], y: point[1], room };
    }
  }
  return { x: Math.round(best.x), y: Math.round(best.y), room: Math.round(best.room) };
}

/** A country as a path with a place for its label. Throws where nothing of it is in the frame. */
export function shapeOf(projected: Projected): DrawnShape {
  const largestFirst = projected.toSorted((one, other) => areaOf(other) - areaOf(one));
  const [main, ...parts] = largestFirst;
  if (main === undefined) throw new Error('A country lies outside the drawing.');
  const rings = [main, ...parts.filter((ring) => areaOf(ring) >= SMALLEST_PART)];
  return { path: rings.map((ring) => pathOf(tidy(ring))).join(''), ...deepest(main) };
}
