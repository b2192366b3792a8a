/** Roughly the middle of each country that may take part, in degrees: [longitude, latitude]. For drawing only. */
export const MIDDLES: Readonly<Record<string, readonly [number, number]>> = {
  AL: [20, 41],
  AM: [45, 40],
  AT: [14.5, 47.5],
  BA: [17.8, 44],
  BE: [4.6, 50.6],
  BG: [25.3, 42.7],
  CH: [8.2, 46.8],
  CY: [33, 35],
  CZ: [15.4, 49.8],
  DE: [10.3, 51.2],
  DK: [9.3, 56],
  EE: [25.6, 58.7],
  ES: [-3.7, 40.2],
  FI: [26.2, 63.5],
  FO: [-7, 62],
  FR: [2.4, 46.6],
  GB: [-2, 54],
  GE: [43.5, 42.2],
  GR: [22.3, 39.2],
  HR: [16, 45.3],
  HU: [19.4, 47.1],
  IE: [-8, 53.3],
  IL: [35, 31.5],
  IS: [-18.5, 65],
  IT: [12.4, 42.8],
  LT: [23.9, 55.3],
  LU: [6.1, 49.7],
  LV: [25, 56.9],
  MD: [28.5, 47.2],
  ME: [19.2, 42.8],
  MK: [21.7, 41.6],
  MT: [14.4, 35.9],
  NL: [5.4, 52.3],
  NO: [9.5, 61.5],
  PL: [19.3, 52.1],
  PT: [-8.2, 39.6],
  RO: [25, 45.9],
  RS: [20.8, 44.1],
  SE: [15.5, 61],
  SI: [14.8, 46.1],
  SK: [19.5, 48.7],
  TN: [9.5, 34],
  TR: [33, 39],
  UA: [31.3, 49],
  XK: [20.9, 42.6],
};

/** Place of a country on the drawing, whole units; null where it is not known. Plate carrée, narrowed as at 50 degrees north. */
export function placeOf(country: string): { x: number; y: number } | null {
  const middle = MIDDLES[country];
  if (middle === undefined) return null;
  const [longitude, latitude] = middle;
  return { x: Math.round((longitude + 20) * 15), y: Math.round((67 - latitude) * 23) };
}
