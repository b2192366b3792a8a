import { useRef, useState } from 'preact/hooks';
import { countryName } from '../components/format.ts';
import { t } from '../strings/text.ts';
import { DRAWN, MAP_HEIGHT, MAP_WIDTH, neighbourOf, OTHER_LAND, SHAPES } from './shapes.ts';
import type { CountryShape } from './shapes.ts';
import type { MapStep } from './steps.ts';
import './map.css';

const words = t.map;

/** What the map says of one country. */
export interface MapCountry {
  step: MapStep;
  /** In words, such as '12 companies': for the pointer and for those who do not see the map. */
  label: string;
  /** Drawn into the country where there is room, such as '12'. */
  figure?: string | undefined;
}

export interface EuropeMapProps {
  /** What the map shows, such as 'Companies by country'. */
  title: string;
  /** By ISO code; a country that is not named is drawn as one that has nothing. */
  countries: Readonly<Record<string, MapCountry>>;
  /** What the shades mean, palest first. */
  legend: readonly { step: MapStep; label: string }[];
  /** Countries that bear a mark, such as the widening countries, and what it means. */
  marks?: { codes: ReadonlySet<string>; label: string };
  selected?: string | null;
  /** With it, countries can be chosen by pointer, by Tab and arrow keys. */
  onSelect?: (code: string) => void;
  /** Id of the table with the same figures: a map is never the only way to read them. */
  tableId: string;
}

/** Below this room, in units of the drawing, a country is too small to see: a dot stands on it. */
const SMALL = 13;
/** Room that a figure needs. */
const FIGURE_ROOM = 24;
const DOT = 17;

const isSmall = ({ room }: CountryShape): boolean => room < SMALL;
const nothing: MapCountry = { step: 0, label: words.nothing };

/** Europe with a shade for each country that may take part. */
export function EuropeMap(props: EuropeMapProps) {
  const { selected = null, onSelect, marks } = props;
  const [focused, setFocused] = useState<string | null>(null);
  const drawing = useRef<SVGSVGElement>(null);
  /** Only one country is reached by Tab; from there the arrow keys lead on. */
  const entry = focused ?? selected ?? 'DE';
  const about = (code: string): MapCountry => props.countries[code] ?? nothing;
  const nameOf = (code: string): string =>
    words.country(countryName(code), about(code).label, marks?.codes.has(code) === true ? marks.label : null);

  function onKeyDown(event: KeyboardEvent, code: string): void {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onSelect?.(code);
      return;
    }
    const next = neighbourOf(code, event.key);
    if (next === null) return;
    event.preventDefault();
    drawing.current?.querySelector<SVGElement>(`[data-country="${next}"]`)?.focus();
  }

  return (
    <figure class="map">
      <svg
        ref={drawing}
        viewBox={`0 0 ${MAP_WIDTH} ${MAP_HEIGHT}`}
        role={onSelect === undefined ? 'img' : 'group'}
        aria-label={onSelect === undefined ? props.title : words.withKeys(props.title)}
        aria-describedby={props.tableId}
      >
        <Hatch />
        <path class="map-others" d={OTHER_LAND} />
        {DRAWN.map((code) => (
          <g
            key={code}
            class={`map-country map-step-${about(code).step}`}
            data-country={code}
            {...(onSelect !== undefined && {
              role: 'button',
              tabIndex: code === entry ? 0 : -1,
              'aria-label': nameOf(code),
              'aria-pressed': code === selected,
              onClick: () => {
                onSelect(code);
              },
              onFocus: () => {
                setFocused(code);
              },
              onBlur: () => {
                setFocused(null);
              },
              onKeyDown: (event: KeyboardEvent) => {
                onKeyDown(event, code);
              },
            })}
          >
            <title>{nameOf(code)}</title>
            <Outline code={code} />
          </g>
        ))}
        <g class="map-over" aria-hidden="true">
          {selected !== null && <Ring code={selected} class="map-selected" />}
          {focused !== null && <Ring code={focused} class="map-focused" />}
          {DRAWN.map((code) => (
            <Label key={code} code={code} country={about(code)} marked={marks?.codes.has(code) === true} />
          ))}
        </g>
      </svg>
      <figcaption>
        <Legend {...props} />
        <a class="fine" href={`#${props.tableId}`}>
          {words.asTable}
        </a>
      </figcaption>
    </figure>
  );
}

/** Lines across countries that have nothing, so that colour is not the only sign. */
function Hatch() {
  return (
    <defs>
      <pattern
        id="map-hatch"
        width="16"
        height="16"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect class="map-hatch-ground" width="16" height="16" />
        <rect class="map-hatch-line" width="3" height="16" />
      </pattern>
    </defs>
  );
}

function Outline({ code }: { code: string }) {
  const shape = SHAPES[code];
  if (shape === undefined) return null;
  return (
    <>
      <path d={shape.path} />
      {isSmall(shape) && <circle class="map-dot" cx={shape.x} cy={shape.y} r={DOT} />}
    </>
  );
}

/** The outline once more, on top, where no neighbour covers it. */
function Ring(props: { code: string; class: string }) {
  return (
    <g class={props.class}>
      <Outline code={props.code} />
    </g>
  );
}

/** The figure of a country and its mark above it. */
function Label({ code, country, marked }: { code: string; country: MapCountry; marked: boolean }) {
  const shape = SHAPES[code];
  if (shape === undefined) return null;
  const beside = isSmall(shape);
  const figure = beside || shape.room >= FIGURE_ROOM ? country.figure : undefined;
  return (
    <g transform={`translate(${shape.x} ${shape.y})`}>
      {figure !== undefined && (
        <text
          class={beside ? 'map-figure map-figure-beside' : `map-figure map-figure-${country.step}`}
          text-anchor={beside ? 'start' : 'middle'}
          dominant-baseline="central"
          x={beside ? DOT + 8 : 0}
        >
          {figure}
        </text>
      )}
      {marked && <path class="map-mark" d="M0-42l13 22h-26z" />}
    </g>
  );
}

/** What shades and marks mean. */
function Legend({ legend, marks }: EuropeMapProps) {
  return (
    <ul class="map-legend" aria-label={words.legend}>
      {legend.map(({ step, label }) => (
        <li key={step}>
          <svg class="map-key" viewBox="0 0 32 32" aria-hidden="true">
            <g class={`map-country map-step-${step}`}>
              <rect x="1" y="1" width="30" height="30" rx="5" />
            </g>
          </svg>
          {label}
        </li>
      ))}
      {marks !== undefined && (
        <li>
          <svg class="map-key" viewBox="0 0 32 32" aria-hidden="true">
            <path class="map-mark" d="M16 5l12 21h-24z" />
          </svg>
          {marks.label}
        </li>
      )}
    </ul>
  );
}
