/** How dark a country is drawn: 0 for none (hatched), then 1 to 4. */
export type MapStep = 0 | 1 | 2 | 3 | 4;

/** One shade with the values it stands for, both included. */
export interface MapShade {
  step: MapStep;
  from: number;
  to: number;
}

const STEPS = [1, 2, 3, 4] as const;

/** The next number that people find round, such as 3, 10, 30, 100. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 3, 5, 10].map((digit) => digit * power).find((round) => round >= value - 1e-9) ?? value;
}

/**
 * Shades for counts that reach from none to `most`. Each shade spans about as many times its lower end as the others do: counts of
 * companies by country differ by the hundred, and even steps would leave all but the largest country pale. Ends are round numbers.
 */
export function shadesFor(most: number): MapShade[] {
  const none: MapShade = { step: 0, from: 0, to: 0 };
  if (most < 1) return [none];
  const growth = most ** (1 / STEPS.length);
  const shades = [none];
  for (const step of STEPS) {
    const from = (shades.at(-1)?.to ?? 0) + 1;
    if (from > most) break;
    const to = step === 4 ? most : Math.min(most, Math.max(from, roundUp(growth ** step)));
    shades.push({ step, from, to });
  }
  return shades;
}

/** The shade of a count. */
export function stepOf(value: number, shades: readonly MapShade[]): MapStep {
  return shades.find(({ from, to }) => value >= from && value <= to)?.step ?? (value > 0 ? 4 : 0);
}
