import type { ExplanationView } from '../../../server/suggestions/schema.ts';
import { countryName, languageName } from '../components/format.ts';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';

type Factor = ExplanationView['factors'][number];
type Evidence = Factor['evidence'][number];

const decimals = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** One part of the sum in full: what it says, how it was worked out, and which fields and words of each side counted. */
export function FactorPart(props: {
  factor: Factor;
  /** Its points with one decimal. */
  points: number;
  names: { you: string; them: string };
  labelOf: (term: string) => string;
}) {
  const { factor } = props;
  const words = t.partners.explanation;
  const formula = words.formula(
    decimals.format(factor.value * 100),
    decimals.format(factor.weight * 100),
    decimals.format(props.points),
  );
  return (
    <li class={`card factor-part factor-${factor.factor}${factor.known ? '' : ' factor-unknown'}`}>
      <div class="card-head">
        <h3>
          <span class="swatch" aria-hidden="true" /> {factor.label}
        </h3>
        <strong class="number">{t.partners.points(props.points)}</strong>
      </div>
      <p>{factor.sentence}</p>
      <p class="fine number">{formula}</p>
      {!factor.known && (
        <p>
          <Badge>{t.partners.unknown}</Badge>
        </p>
      )}
      {factor.evidence.length > 0 && (
        <dl class="evidence" aria-label={words.evidence}>
          {factor.evidence.map((evidence, place) => (
            <EvidenceRow key={place} evidence={evidence} names={props.names} labelOf={props.labelOf} />
          ))}
        </dl>
      )}
    </li>
  );
}

function EvidenceRow(props: {
  evidence: Evidence;
  names: { you: string; them: string };
  labelOf: (term: string) => string;
}) {
  const { evidence } = props;
  return (
    <div class={`evidence-row evidence-${evidence.whose}`}>
      <dt>
        {props.names[evidence.whose]}: {fieldName(evidence.field)}
      </dt>
      <dd>
        {evidence.matched.map((item) => (
          <span key={item} class="evidence-item">
            {wordsOf(evidence.field, item, props.labelOf)}
          </span>
        ))}
      </dd>
    </div>
  );
}

const fieldNames: Readonly<Record<string, string>> = t.partners.explanation.fields;

/** The field in words; its path where there are none. */
function fieldName(field: string): string {
  return fieldNames[field] ?? field;
}

const sizes: Readonly<Record<string, string>> = t.common.sizes;
const marketRoles: Readonly<Record<string, string>> = t.common.marketRoles;

/** A matched item as people say it: terms by their labels, codes by their names. */
function wordsOf(field: string, item: string, labelOf: (term: string) => string): string {
  if (field === 'country') return countryName(item);
  if (field === 'languages') return languageName(item);
  if (/trl/i.test(field) && /^[1-9]$/.test(item)) return t.common.trl(Number(item));
  return sizes[item] ?? marketRoles[item] ?? labelOf(item);
}
