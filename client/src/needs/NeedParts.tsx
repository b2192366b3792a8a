import type { Demonstrator, NeedView } from '../../../server/needs/schema.ts';
import { formatDay } from '../components/format.ts';
import { Icon } from '../components/Icon.tsx';
import { Badge } from '../components/marks.tsx';
import { termLabel, useTaxonomy } from '../profile/taxonomy.ts';
import { LongText } from '../profile/LongText.tsx';
import { t } from '../strings/text.ts';
import { wantedTrl } from './NeedMarks.tsx';

const words = t.needs.page;
const FACETS = ['capabilities', 'technologies', 'fields', 'sectors'] as const;

/** What is wanted, in words and terms. */
export function AboutNeed({ need }: { need: NeedView }) {
  const taxonomy = useTaxonomy().data;
  return (
    <section class="card" aria-labelledby="need-about">
      <h2 id="need-about">{words.about}</h2>
      {need.words === '' ? (
        <p class="undeclared">{words.noWords}</p>
      ) : (
        <LongText text={need.words} about={need.title} />
      )}
      <dl class="facts term-list">
        {FACETS.filter((facet) => need[facet].length > 0).map((facet) => (
          <div key={facet}>
            <dt>{t.common.facets[facet]}</dt>
            <dd class="badges">
              {need[facet].map((id) => (
                <Badge key={id}>{termLabel(taxonomy, id)}</Badge>
              ))}
            </dd>
          </div>
        ))}
        <div>
          <dt>{words.readiness}</dt>
          <dd>{wantedTrl(need)}</dd>
        </div>
        <div>
          <dt>{words.by}</dt>
          <dd>{need.neededBy === null ? words.byNone : formatDay(need.neededBy)}</dd>
        </div>
        {need.publishedAt !== null && (
          <div>
            <dt>{words.publishedOn}</dt>
            <dd>{formatDay(need.publishedAt)}</dd>
          </div>
        )}
        {need.challenges.length > 0 && (
          <div>
            <dt>{words.challenges}</dt>
            <dd>
              {need.challenges.map(({ id, title }) => (
                <a key={id} class="cell-line" href={`/challenges/${id}`}>
                  {title}
                </a>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

/** When a demonstration could be hosted, in words. */
export function hostingTime({ from, until }: Demonstrator): string {
  if (from !== null && until !== null) return words.span(formatDay(from), formatDay(until));
  if (from !== null) return words.from(formatDay(from));
  return until === null ? words.whenOpen : words.until(formatDay(until));
}

/** An offer to host a demonstration. */
export function DemonstratorPart({ demonstrator }: { demonstrator: Demonstrator }) {
  return (
    <section class="card" aria-labelledby="need-demonstrator">
      <h2 id="need-demonstrator">{words.demonstrator}</h2>
      <p class="own-words">{demonstrator.what}</p>
      <dl class="facts">
        <div>
          <dt>{words.where}</dt>
          <dd>{demonstrator.where}</dd>
        </div>
        <div>
          <dt>{words.when}</dt>
          <dd>{hostingTime(demonstrator)}</dd>
        </div>
      </dl>
    </section>
  );
}

/** What only the organisation and staff see. */
export function ConfidentialPart({ own }: { own: NonNullable<NeedView['own']> }) {
  const { contactName, contactEmail, contactPhone, notes } = own.confidential;
  const facts: readonly (readonly [string, string | null])[] = [
    [words.organisation, own.organisation],
    [words.contactName, contactName],
    [words.contactEmail, contactEmail],
    [words.contactPhone, contactPhone],
    [words.notes, notes],
  ];
  return (
    <section class="card card-private" aria-labelledby="need-confidential">
      <h2 id="need-confidential" class="with-icon">
        <Icon name="lock" /> {words.confidential}
      </h2>
      <p class="fine">{words.confidentialWho}</p>
      <dl class="facts facts-narrow">
        {facts
          .filter(([, value]) => value !== null && value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd class="own-words">{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
