import type { NeedCard, NeedState } from '../../../server/needs/schema.ts';
import { Badge, CountryMark } from '../components/marks.tsx';
import { termLabel, useTaxonomy } from '../profile/taxonomy.ts';
import { t } from '../strings/text.ts';

const KINDS = {
  draft: 'plain',
  submitted: 'warning',
  published: 'good',
  closed: 'plain',
  withdrawn: 'plain',
  rejected: 'bad',
} as const;

/** The state of a need, in a word. */
export function NeedStateMark({ state }: { state: NeedState }) {
  return <Badge kind={KINDS[state]}>{t.needs.states[state]}</Badge>;
}

/** Who stated a need: its name where it may be shown, else its kind. */
export function OrganisationLine({
  need,
}: {
  need: Pick<NeedCard, 'organisation' | 'organisationKind' | 'country'>;
}) {
  return (
    <p class="company-line">
      {need.organisation !== null && <span>{need.organisation}</span>}
      <span>{t.needs.kinds[need.organisationKind]}</span>
      <CountryMark code={need.country} />
    </p>
  );
}

/** A share in millionths as people read it: a whole number out of 100. */
export const pointsOf = (score: number): number => Math.round(score / 10_000);

/** The wanted readiness in words. */
export function wantedTrl({ trlMin, trlMax }: Pick<NeedCard, 'trlMin' | 'trlMax'>): string {
  if (trlMin === null && trlMax === null) return t.needs.anyTrl;
  return t.needs.wantedTrl(trlMin ?? 1, trlMax ?? 9);
}

export interface PartLevel {
  term: string;
  level: 0 | 1 | 2;
  /** Names of who brings it, where that is worth saying. */
  by?: readonly string[];
}

/** Each wanted part with how far it is covered: told by words and by shape, not by colour alone. */
export function PartMarks({ parts, label }: { parts: readonly PartLevel[]; label: string }) {
  const taxonomy = useTaxonomy().data;
  return (
    <ul class="parts" aria-label={label}>
      {parts.map(({ term, level, by = [] }) => (
        <li key={term} class={`part part-${level}`}>
          <span class="part-sign" aria-hidden="true">
            {['–', '◐', '✓'][level]}
          </span>
          <span>
            {termLabel(taxonomy, term)}
            <span class="visually-hidden">: {t.needs.answers.levels[level]}</span>
            {by.length > 0 && <span class="fine"> {t.needs.answers.by(by.join(', '))}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
