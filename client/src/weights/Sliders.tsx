import { useId, useState } from 'preact/hooks';
import type { WeightValues } from '../../../server/weights/schema.ts';
import { t } from '../strings/text.ts';
import { FACTORS, sharesOf, weightOf } from './values.ts';
import type { Factor } from './values.ts';

const percents = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const percentOf = (share: number): string => percents.format(share * 100);

/** The seven weights, each as a slider and as a number, with what it does and its share of the score. */
export function Sliders(props: {
  values: WeightValues;
  /** The weights in force, to compare with. */
  inForce: WeightValues;
  onChange: (values: WeightValues) => void;
}) {
  const shares = sharesOf(props.values);
  return (
    <div class="sliders">
      {FACTORS.map((factor) => (
        <Slider
          key={factor}
          factor={factor}
          value={props.values[factor]}
          before={props.inForce[factor]}
          share={shares[factor]}
          onChange={(value) => {
            props.onChange({ ...props.values, [factor]: value });
          }}
        />
      ))}
    </div>
  );
}

function Slider(props: {
  factor: Factor;
  value: number;
  before: number;
  share: number;
  onChange: (value: number) => void;
}) {
  const id = useId();
  const { factor, value } = props;
  const { name, what } = t.weights.factors[factor];
  return (
    <div class={`slider factor-${factor}`} role="group" aria-labelledby={`${id}-name`}>
      <div class="slider-head">
        <p class="label" id={`${id}-name`}>
          <span class="swatch" aria-hidden="true" /> {name}
        </p>
        <p class="fine number">
          {t.weights.share(percentOf(props.share))}
          {props.before !== value && <strong> · {t.weights.changedFrom(props.before)}</strong>}
        </p>
      </div>
      <p class="fine" id={`${id}-what`}>
        {what}
      </p>
      <div class="slider-controls">
        <input
          type="range"
          min={0}
          max={100}
          step={1}
          value={value}
          aria-label={t.weights.slider(name)}
          aria-describedby={`${id}-what`}
          onInput={(event) => {
            props.onChange(event.currentTarget.valueAsNumber);
          }}
        />
        <NumberBox label={t.weights.number(name)} value={value} onChange={props.onChange} />
      </div>
    </div>
  );
}

/** A weight as typed text: what is no weight yet stays in the box, marked, and changes nothing. */
function NumberBox(props: { label: string; value: number; onChange: (value: number) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && weightOf(typed) === null;
  return (
    <input
      class="input slider-number number"
      type="text"
      inputMode="numeric"
      maxLength={3}
      autocomplete="off"
      aria-label={props.label}
      aria-invalid={wrong}
      value={typed ?? String(props.value)}
      onInput={(event) => {
        const text = event.currentTarget.value;
        const value = weightOf(text);
        setTyped(text);
        if (value !== null) props.onChange(value);
      }}
      onBlur={() => {
        setTyped(null);
      }}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
        if (step === 0) return;
        event.preventDefault();
        setTyped(null);
        props.onChange(Math.min(100, Math.max(0, props.value + step)));
      }}
    />
  );
}

/** The shares of the score end to end, the weights in force above the ones on the sliders where they differ. */
export function ShareBars(props: { values: WeightValues; inForce: WeightValues | null }) {
  return (
    <div class="share-bars" aria-hidden="true">
      {props.inForce !== null && <ShareBar values={props.inForce} faint />}
      <ShareBar values={props.values} />
    </div>
  );
}

function ShareBar({ values, faint = false }: { values: WeightValues; faint?: boolean }) {
  const shares = sharesOf(values);
  return (
    <div class={faint ? 'stack-bar stack-bar-faint' : 'stack-bar'}>
      {FACTORS.filter((factor) => values[factor] > 0).map((factor) => (
        <span
          key={factor}
          class={`stack-part factor-${factor}`}
          style={{ flexBasis: `${shares[factor] * 100}%` }}
          title={`${t.weights.factors[factor].name} ${percentOf(shares[factor])} %`}
        />
      ))}
    </div>
  );
}
