import type { RoomView } from '../../../server/events/schema.ts';
import { countryName } from '../components/format.ts';
import { t } from '../strings/text.ts';
import { placeOf } from './places.ts';

type Links = RoomView['links'];

/** A curve between two countries, bent a little to one side so that lines over one another can be told apart. */
function curve(a: { x: number; y: number }, b: { x: number; y: number }): string {
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const bend = { x: middle.x - (b.y - a.y) * 0.16, y: middle.y + (b.x - a.x) * 0.16 };
  return `M${a.x} ${a.y}Q${bend.x} ${bend.y} ${b.x} ${b.y}`;
}

/** Room around the outermost countries, in units of the drawing. */
const EDGE = 45;

/** The part of the drawing that holds these countries, as a view box. */
function frameOf(countries: readonly string[]): string {
  const places = countries.flatMap((country) => placeOf(country) ?? []);
  if (places.length === 0) return '0 0 1 1';
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs) - EDGE, Math.min(...ys) - EDGE];
  return `${left} ${top} ${Math.max(...xs) + EDGE - left} ${Math.max(...ys) + EDGE - top}`;
}

const pairsOf = (links: Links, country: string): number =>
  links.reduce((sum, { a, b, meetings }) => sum + (a === country || b === country ? meetings : 0), 0);

/** Countries as points on a sketch of Europe, joined where their SMEs meet; amber where consortia were formed. */
export function CountryNetwork({ links }: { links: Links }) {
  const countries = [...new Set(links.flatMap(({ a, b }) => [a, b]))].toSorted();
  const busiest = Math.max(1, ...links.map(({ meetings }) => meetings));
  return (
    <svg
      class="network"
      viewBox={frameOf(countries)}
      role="img"
      aria-label={t.room.networkOf(countries.length, links.length)}
    >
      {links.map(({ a, b, meetings, consortia }) => {
        const [from, to] = [placeOf(a), placeOf(b)];
        if (from === null || to === null) return null;
        return (
          <path
            key={`${a} ${b}`}
            class={consortia > 0 ? 'network-link network-consortium' : 'network-link'}
            d={curve(from, to)}
            stroke-width={2 + (6 * meetings) / busiest}
          />
        );
      })}
      {countries.map((country) => {
        const at = placeOf(country);
        if (at === null) return null;
        return (
          <g key={country} class="network-country" transform={`translate(${at.x} ${at.y})`}>
            <title>{countryName(country)}</title>
            <circle r={16 + 3 * Math.min(6, Math.sqrt(pairsOf(links, country)))} />
            <text text-anchor="middle" dominant-baseline="central">
              {country}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
