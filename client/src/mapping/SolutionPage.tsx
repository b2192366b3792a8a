import type { ComponentChildren } from 'preact';
import type { LabelledTerm, RelatedView, SolutionPageView } from '../../../server/mapping/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { session } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Notice, Show } from '../components/feedback.tsx';
import { formatDay, languageName, webLink, webName } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge, CountryMark, TrlMark } from '../components/marks.tsx';
import { SourceLine } from '../components/SourceLine.tsx';
import { LongText } from '../profile/LongText.tsx';
import { t } from '../strings/text.ts';
import { PhaseMarks } from './marks.tsx';
import { solutionHref } from './query.ts';
import { UseCaseCards } from './UseCaseList.tsx';
import './mapping.css';

const words = t.mapping.solution;
const facets = ['capabilities', 'technologies', 'fields', 'sectors'] as const;

/** Each term leads to the other solutions that have it. */
function TermLinks({ facet, terms }: { facet: (typeof facets)[number]; terms: readonly LabelledTerm[] }) {
  if (terms.length === 0) return null;
  return (
    <div>
      <dt>{t.common.facets[facet]}</dt>
      <dd class="badges">
        {terms.map(({ id, label }) => (
          <a key={id} class="term-link" href={`/mapping?${facet}=${encodeURIComponent(id)}`}>
            <Badge>{label}</Badge>
          </a>
        ))}
      </dd>
    </div>
  );
}

function Offer({ solution }: { solution: SolutionPageView }) {
  const named = facets.some((facet) => solution.terms[facet].length > 0);
  return (
    <section class="card" aria-labelledby="solution-offer">
      <h2 id="solution-offer">{words.offer}</h2>
      {solution.offer === '' ? (
        <p class="undeclared">{t.mapping.noOffer}</p>
      ) : (
        <LongText text={solution.offer} about={solution.title} />
      )}
      <h3>{words.terms}</h3>
      {!named && <p class="undeclared">{words.noTerms}</p>}
      <dl class="facts term-list">
        {facets.map((facet) => (
          <TermLinks key={facet} facet={facet} terms={solution.terms[facet]} />
        ))}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The company's card beside its solution. */
function Company({ solution }: { solution: SolutionPageView }) {
  const signedIn = session.value.state === 'in';
  const profile = `/smes/${encodeURIComponent(solution.smeId)}`;
  return (
    <section class="card" aria-labelledby="solution-company">
      <h2 id="solution-company">{words.company}</h2>
      <p class="row-title">{signedIn ? <a href={profile}>{solution.company}</a> : solution.company}</p>
      <p class="company-line">
        <CountryMark code={solution.country} />
        {solution.city !== null && <span>{solution.city}</span>}
        <span>{t.common.sizes[solution.sizeClass]}</span>
      </p>
      {!solution.available && (
        <Notice kind="warning">
          <p>{words.unavailable}</p>
        </Notice>
      )}
      <dl class="facts facts-narrow">
        <Fact name={words.trl}>
          <TrlMark level={solution.trl} demo={solution.demo.trl} />
        </Fact>
        <Fact name={words.phase}>
          {solution.phases.length === 0 ? (
            <span class="undeclared">{words.phaseUnknown}</span>
          ) : (
            <PhaseMarks {...solution} />
          )}
        </Fact>
        {solution.clusterName !== null && <Fact name={words.cluster}>{solution.clusterName}</Fact>}
        {solution.languages.length > 0 && (
          <Fact name={words.languages}>{solution.languages.map(languageName).join(', ')}</Fact>
        )}
        {solution.website !== null && (
          <Fact name={words.website}>
            <a href={webLink(solution.website)} rel="noopener noreferrer" target="_blank">
              {webName(solution.website)}
            </a>
          </Fact>
        )}
        <Fact name={words.updated}>{formatDay(solution.updatedAt)}</Fact>
      </dl>
    </section>
  );
}

function RelatedList(props: { title: string; lead: string; none: string; items: readonly RelatedView[] }) {
  return (
    <section class="card" aria-label={props.title}>
      <h2>{props.title}</h2>
      <p class="fine">{props.items.length === 0 ? props.none : props.lead}</p>
      <ul class="rows plain-list">
        {props.items.map((item) => (
          <li key={`${item.smeId}/${item.id}`} class="related">
            <a class="row-title" href={solutionHref(item)}>
              {item.title}
            </a>
            <p class="company-line">
              <span>{item.company}</span>
              <CountryMark code={item.country} />
            </p>
            <p class="fine">
              {words.shared(item.shared.map(({ label }) => label).join(', '))}
              {item.adds.length > 0 &&
                `. ${words.adds(item.adds.map((phase) => t.mapping.phases[phase]).join(', '))}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Actions({ solution }: { solution: SolutionPageView }) {
  const current = session.value;
  const id = encodeURIComponent(solution.smeId);
  if (current.state !== 'in') {
    return (
      <ButtonLink href={`/sign-in?next=${encodeURIComponent(location.pathname)}`}>{words.signIn}</ButtonLink>
    );
  }
  const { smeId } = current.user;
  return (
    <>
      {smeId !== null && smeId !== solution.smeId && (
        <ButtonLink kind="primary" icon="partners" href={`/smes/${encodeURIComponent(smeId)}/partners/${id}`}>
          {words.whyWeFit}
        </ButtonLink>
      )}
      <ButtonLink href={`/smes/${id}`} icon="companies">
        {words.toCompany}
      </ButtonLink>
    </>
  );
}

/** One solution: what it is, whose it is, what was done with it, and what it stands beside. */
export function SolutionPage({ params }: PageProps) {
  const path = `${encodeURIComponent(params.smeId ?? '')}/${encodeURIComponent(params.solutionId ?? '')}`;
  const loaded = useLoad<SolutionPageView>(`/mapping/solutions/${path}`);
  const solution = loaded.data;
  return (
    <>
      <PageHeading
        title={solution?.title ?? t.shell.pages.solution}
        above={<a href="/mapping">{words.back}</a>}
        {...(solution === null ? {} : { actions: <Actions solution={solution} /> })}
      />
      <Show of={loaded} lines={4}>
        {(data) => (
          <div class="profile">
            <aside class="profile-side stack-small" aria-label={words.company}>
              <Company solution={data} />
            </aside>
            <div class="profile-main stack">
              <Offer solution={data} />
              {data.shownBy.length > 0 && (
                <section aria-labelledby="solution-cases" class="stack-small">
                  <h2 id="solution-cases">{words.useCases}</h2>
                  <UseCaseCards items={data.shownBy} />
                </section>
              )}
              <RelatedList
                title={words.complementary}
                lead={words.complementaryLead}
                none={words.noneComplementary}
                items={data.complementary}
              />
              <RelatedList
                title={words.similar}
                lead={words.similarLead}
                none={words.noneSimilar}
                items={data.similar}
              />
              {data.source !== null && <SourceLine source={data.source} />}
            </div>
          </div>
        )}
      </Show>
    </>
  );
}
