import type { ComponentChildren } from 'preact';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { t } from '../strings/text.ts';
import { countryName } from './format.ts';

/** A small framed word. */
export function Badge(props: {
  kind?: 'plain' | 'good' | 'warning' | 'bad' | 'accent' | 'demo';
  hint?: string;
  children: ComponentChildren;
}) {
  return (
    <span class={`badge badge-${props.kind ?? 'plain'}`} title={props.hint}>
      {props.children}
    </span>
  );
}

/** Marks a field that a participant of the demo filled in. */
export function DemoMark({ when = true }: { when?: boolean }) {
  if (!when) return null;
  return (
    <Badge kind="demo" hint={t.common.demoAnswerHint}>
      {t.common.demoAnswer}
    </Badge>
  );
}

/** Country as its code in a frame, with its name in words. */
export function CountryMark({ code }: { code: string }) {
  return (
    <span class="country">
      <span class="country-code" aria-hidden="true">
        {code}
      </span>
      {countryName(code)}
    </span>
  );
}

/** Readiness level as nine steps and in words. */
export function TrlMark({ level, demo = false }: { level: number | null; demo?: boolean }) {
  if (level === null) return <span class="undeclared">{t.common.trlUnknown}</span>;
  return (
    <span class="trl" title={t.common.trlSentences[level - 1]}>
      <span class="trl-steps" aria-hidden="true">
        {t.common.trlSentences.map((_, index) => (
          <span key={index} class={index < level ? 'trl-step trl-step-on' : 'trl-step'} />
        ))}
      </span>
      {t.common.trl(level)}
      <DemoMark when={demo} />
    </span>
  );
}

/** Where a company is and how big: the line below its name in every list. */
export function CompanyLine({ sme }: { sme: SmeCard }) {
  return (
    <p class="company-line">
      <CountryMark code={sme.country} />
      {sme.city !== null && <span>{sme.city}</span>}
      <span class={sme.sizeClass === 'not-yet-declared' ? 'undeclared' : undefined}>
        {t.common.sizes[sme.sizeClass]}
      </span>
    </p>
  );
}

/** A share as a bar, labelled in words for those who do not see it. */
export function Meter(props: { share: number; label: string }) {
  return <progress class="meter" max={100} value={Math.round(props.share * 100)} aria-label={props.label} />;
}
