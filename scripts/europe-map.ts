import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { geoAzimuthalEqualArea, geoContains, geoPath } from 'd3-geo';
import { feature, merge } from 'topojson-client';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import { loadCountries } from '../server/taxonomy/places.ts';
import { ringsOf, shapeOf, type Projected } from './europe-map/draw.ts';
import { NUMERIC_CODES } from './europe-map/numeric-codes.ts';

/*
 * npm run map: draws the countries that may take part, once, into client/src/map/europe.json.
 *
 * Source: Natural Earth 1:50m (public domain), as packed by world-atlas. Projection: Lambert azimuthal equal-area about 52° N 10° E, which
 * the EU uses for its statistical maps (ETRS89-LAEA): no country is made to look larger than it is. Where the file draws who controls a
 * land instead of whose it is by the EU's position, the EU's position is drawn: Crimea with Ukraine, the whole of Cyprus as one.
 */

/** Size of the drawing in its own units; a unit is finer than a pixel of nearly every screen, so whole numbers are enough. */
const WIDTH = 2000;
const HEIGHT = 1840;
/** With this scale and place of 52° N 10° E, Iceland, the North Cape, the Caucasus and the southern shore are in the frame. */
const SCALE = 2590;
const MIDDLE: [number, number] = [735, 1000];
/** Somewhere in Crimea: [longitude, latitude]. */
const CRIMEA: [number, number] = [34.1, 45.2];

const OUTPUT = fileURLToPath(new URL('../client/src/map/europe.json', import.meta.url));

interface Named {
  readonly name: string;
}
type Area = Polygon<Named> | MultiPolygon<Named>;
type World = Topology<{ countries: GeometryCollection<Named> }>;

function readWorld(): World {
  const file = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');
  // The form that the package documents: https://github.com/topojson/world-atlas
  return JSON.parse(readFileSync(file, 'utf8')) as World;
}

const isArea = (shape: World['objects']['countries']['geometries'][number]): shape is Area =>
  shape.type === 'Polygon' || shape.type === 'MultiPolygon';

/** Russia's parts as the file has them: the one that is Crimea, and the others. */
function withoutCrimea(world: World, russia: MultiPolygon<Named>): { crimea: Area; rest: Area } {
  const at = russia.arcs.findIndex((arcs) =>
    geoContains(feature(world, { type: 'Polygon', arcs } satisfies Polygon), CRIMEA),
  );
  const arcs = russia.arcs[at];
  if (arcs === undefined) throw new Error('No part of Russia holds Crimea: has the file been corrected?');
  return {
    crimea: { type: 'Polygon', arcs, properties: { name: 'Crimea' } },
    rest: { ...russia, arcs: russia.arcs.toSpliced(at, 1) },
  };
}

/** The areas of each country that may take part, and all others. */
function areasOf(world: World): { countries: Map<string, Area[]>; others: Area[] } {
  const codes = new Map(loadCountries().map(({ code }) => [NUMERIC_CODES[code] ?? code, code]));
  const countries = new Map<string, Area[]>();
  const others: Area[] = [];
  const add = (code: string, area: Area) => countries.set(code, [...(countries.get(code) ?? []), area]);
  for (const area of world.objects.countries.geometries.filter(isArea)) {
    const code = codes.get(area.id === undefined ? (area.properties?.name ?? '') : String(area.id));
    if (code !== undefined) add(code, area);
    else if (area.properties?.name === 'N. Cyprus') add('CY', area);
    else if (area.properties?.name === 'Russia' && area.type === 'MultiPolygon') {
      const { crimea, rest } = withoutCrimea(world, area);
      add('UA', crimea);
      others.push(rest);
    } else others.push(area);
  }
  return { countries, others };
}

/** Rings in units of the drawing, cut off at its frame. */
function project(world: World, areas: readonly Area[]): Projected {
  const projection = geoAzimuthalEqualArea()
    .rotate([-10, -52])
    .scale(SCALE)
    .translate(MIDDLE)
    .clipAngle(75)
    .clipExtent([
      [0, 0],
      [WIDTH, HEIGHT],
    ]);
  return ringsOf(geoPath(projection)(merge(world, [...areas])) ?? '');
}

const world = readWorld();
const { countries, others } = areasOf(world);
const missing = loadCountries().filter(({ code }) => !countries.has(code));
if (missing.length > 0) throw new Error(`The file lacks ${missing.map(({ name }) => name).join(', ')}.`);

const drawing = {
  source: 'Natural Earth 1:50m (public domain); Lambert azimuthal equal-area about 52 N 10 E',
  width: WIDTH,
  height: HEIGHT,
  others: shapeOf(project(world, others)).path,
  countries: Object.fromEntries(
    [...countries]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([code, areas]) => [code, shapeOf(project(world, areas))]),
  ),
};
writeFileSync(OUTPUT, `${JSON.stringify(drawing, null, 2)}\n`);
console.log(`${OUTPUT}: ${countries.size} countries, ${JSON.stringify(drawing).length} bytes`);
