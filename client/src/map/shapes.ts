import drawing from './europe.json' with { type: 'json' };

/** How one country is drawn; units are those of the whole drawing. */
export interface CountryShape {
  /** SVG path. */
  path: string;
  /** Middle of the label. */
  x: number;
  y: number;
  /** From the label's middle to the nearest border. */
  room: number;
}

export const MAP_WIDTH = drawing.width;
export const MAP_HEIGHT = drawing.height;
/** Land that takes no part: drawn to tell where one is, nothing more. */
export const OTHER_LAND = drawing.others;
/** The countries that may take part, by ISO 3166-1 code. */
export const SHAPES: Readonly<Record<string, CountryShape>> = drawing.countries;
export const DRAWN = Object.keys(SHAPES);

/** The ways that the arrow keys point, in units of the drawing: y grows downwards. */
const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The next country from here in the direction of an arrow key: near ones first, straight ahead before aside. Null at the edge. */
export function neighbourOf(code: string, key: string): string | null {
  const [from, direction] = [SHAPES[code], DIRECTIONS[key]];
  if (from === undefined || direction === undefined) return null;
  let best: string | null = null;
  let least = Infinity;
  for (const [other, shape] of Object.entries(SHAPES)) {
    const [dx, dy] = [shape.x - from.x, shape.y - from.y];
    const ahead = dx * direction[0] + dy * direction[1];
    const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
    // Wider than 60° to the side is another arrow's business.
    if (other === code || ahead <= 0 || aside > 1.75 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [other, cost];
  }
  return best;
}
