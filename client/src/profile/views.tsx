import type { NeedView, SmeView, SolutionView } from '../../../server/smes/schema.ts';
import { Notice } from '../components/feedback.tsx';
import {
  formatDay,
  formatEuros,
  formatNumber,
  languageName,
  webLink,
  webName,
} from '../components/format.ts';
import { Icon } from '../components/Icon.tsx';
import { Badge, DemoMark, TrlMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { LongText } from './LongText.tsx';
import { termLabel, useTaxonomy } from './taxonomy.ts';

const words = t.profile.view;
const facets = ['capabilities', 'technologies', 'fields', 'sectors'] as const;

/** Terms of a solution or need, by facet. */
function TermList({ of, demo }: { of: SolutionView | NeedView; demo: boolean }) {
  const taxonomy = useTaxonomy().data;
  const filled = facets.filter((facet) => of[facet].length > 0);
  if (filled.length === 0) return null;
  return (
    <dl class="facts term-list">
      {filled.map((facet) => (
        <div key={facet}>
          <dt>{t.common.facets[facet]}</dt>
          <dd class="badges">
            {of[facet].map((id) => (
              <Badge key={id}>{termLabel(taxonomy, id)}</Badge>
            ))}
            <DemoMark when={demo} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function SolutionsView({ sme }: { sme: SmeView }) {
  return (
    <section class="card" aria-labelledby="view-solutions">
      <h2 id="view-solutions">{words.offers}</h2>
      {sme.solutions.length === 0 && <p class="undeclared">{words.noSolutions}</p>}
      <ul class="entries">
        {sme.solutions.map((solution) => (
          <li key={solution.id} class="entry">
            <div class="card-head">
              <h3>{solution.title}</h3>
              <TrlMark level={solution.trl} demo={sme.demoAnswers.includes('solutions.trl')} />
            </div>
            {solution.offer !== '' && <LongText text={solution.offer} about={solution.title} />}
            <TermList of={solution} demo={sme.demoAnswers.includes('solutions.terms')} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function wantedTrl({ trlMin, trlMax }: NeedView): string | null {
  if (trlMin === null && trlMax === null) return null;
  return words.wantedTrl(trlMin ?? 1, trlMax ?? 9);
}

export function NeedsView({ sme }: { sme: SmeView }) {
  return (
    <section class="card" aria-labelledby="view-needs">
      <div class="card-head">
        <h2 id="view-needs">{words.seeks}</h2>
        <DemoMark when={sme.demoAnswers.includes('needs')} />
      </div>
      {sme.needs.length === 0 && <p class="undeclared">{words.noNeeds}</p>}
      <ul class="entries">
        {sme.needs.map((need, index) => (
          <li key={need.id} class="entry">
            {need.words !== '' && <LongText text={need.words} about={t.profile.needs.numbered(index + 1)} />}
            {wantedTrl(need) !== null && <p class="fine">{wantedTrl(need)}</p>}
            <TermList of={need} demo={false} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Numbers of grants, as CORDIS has them. */
const isGrant = (project: string): boolean => /^\d{6,9}$/.test(project);
/** More projects than this are told by their number, and listed when that is opened. */
const FEW = 4;

function ProjectList({ numbers }: { numbers: readonly string[] }) {
  const list = (
    <ul class="badges">
      {numbers.map((project) => (
        <li key={project}>
          {isGrant(project) ? (
            <a
              href={`https://cordis.europa.eu/project/id/${project}`}
              rel="noopener noreferrer"
              target="_blank"
            >
              {project}
            </a>
          ) : (
            project
          )}
        </li>
      ))}
    </ul>
  );
  if (numbers.length <= FEW) return list;
  return (
    <details>
      <summary>{words.projectCount(numbers.length)}</summary>
      {list}
    </details>
  );
}

/** The short facts beside a profile. */
export function AboutSection({ sme }: { sme: SmeView }) {
  const undeclared = <span class="undeclared">{t.common.notYetDeclared}</span>;
  return (
    <section class="card" aria-labelledby="view-about">
      <h2 id="view-about">{words.about}</h2>
      {!sme.available && (
        <Notice kind="warning">
          <p>{words.unavailable}</p>
        </Notice>
      )}
      <dl class="facts facts-narrow">
        <div>
          <dt>{words.languages}</dt>
          <dd>
            {sme.languages.length > 0 ? sme.languages.map(languageName).join(', ') : undeclared}{' '}
            <DemoMark when={sme.demoAnswers.includes('languages')} />
          </dd>
        </div>
        <div>
          <dt>{words.marketRole}</dt>
          <dd>
            {sme.marketRole === null ? undeclared : t.common.marketRoles[sme.marketRole]}{' '}
            <DemoMark when={sme.demoAnswers.includes('marketRole')} />
          </dd>
        </div>
        <div>
          <dt>{words.size}</dt>
          <dd>
            {sme.sizeClass === 'not-yet-declared' ? undeclared : t.common.sizes[sme.sizeClass]}{' '}
            <DemoMark when={sme.demoAnswers.includes('declaration')} />
          </dd>
        </div>
        {sme.clusterId !== null && (
          <div>
            <dt>{words.cluster}</dt>
            <dd>
              <a href={`/clusters/${encodeURIComponent(sme.clusterId)}`}>
                {sme.clusterName ?? sme.clusterId}
              </a>
            </dd>
          </div>
        )}
        {sme.website !== null && (
          <div>
            <dt>{words.website}</dt>
            <dd>
              <a href={webLink(sme.website)} rel="noopener noreferrer" target="_blank">
                {webName(sme.website)}
              </a>
            </dd>
          </div>
        )}
        {sme.projects.length > 0 && (
          <div>
            <dt>{words.projects}</dt>
            <dd>
              <ProjectList numbers={sme.projects} />
            </dd>
          </div>
        )}
        <div>
          <dt>{words.updated}</dt>
          <dd>{formatDay(sme.updatedAt)}</dd>
        </div>
      </dl>
    </section>
  );
}

const money = (value: number | null): string =>
  value === null ? t.common.notYetDeclared : formatEuros(value);

/** What only the company, its cluster and the staff see. */
export function ConfidentialFacts({ own }: { own: NonNullable<SmeView['own']> }) {
  const { confidential, declaration, conflicts } = own;
  const facts: readonly (readonly [string, string])[] = [
    [t.profile.confidential.contactName, confidential.contactName ?? ''],
    [t.profile.confidential.contactEmail, confidential.contactEmail ?? ''],
    [t.profile.confidential.contactPhone, confidential.contactPhone ?? ''],
    [t.profile.confidential.notes, confidential.notes],
    ...(declaration === null
      ? []
      : ([
          [t.profile.declaration.headcount, formatNumber(declaration.headcount)],
          [t.profile.declaration.turnover, money(declaration.turnoverEur)],
          [t.profile.declaration.balanceSheet, money(declaration.balanceSheetEur)],
          [t.profile.declaration.date, formatDay(declaration.date)],
        ] as const)),
    [t.profile.conflicts.title, conflicts.map(({ name }) => name).join(', ')],
  ];
  const filled = facts.filter(([, value]) => value !== '');
  return (
    <section class="card card-private" aria-labelledby="view-confidential">
      <h2 id="view-confidential" class="with-icon">
        <Icon name="lock" /> {t.profile.confidential.title}
      </h2>
      <p>{t.profile.confidential.who}</p>
      {filled.length === 0 && <p class="undeclared">{words.nothingConfidential}</p>}
      <dl class="facts">
        {filled.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class="own-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
