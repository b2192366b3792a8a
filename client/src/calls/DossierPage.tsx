import type { Dossier } from '../../../server/dossier/schema.ts';
import { apiUrl } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Show } from '../components/feedback.tsx';
import { formatDay, formatEuros, formatMoment, formatNumber } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge, CompanyLine, TrlMark } from '../components/marks.tsx';
import { ContactLines } from '../consortia/ContactLines.tsx';
import { t } from '../strings/text.ts';
import '../funnel/funnel.css';

const words = t.calls.dossier;
const answers = t.calls.eligibility;
const KINDS = { yes: 'good', no: 'bad', 'not-yet-known': 'warning' } as const;

/** A consortium as the submission platform needs it, to print or to save. */
export function DossierPage({ params }: PageProps) {
  const { consortiumId = '' } = params;
  const path = `/consortia/${consortiumId}/dossier`;
  const of = useLoad<Dossier>(path);
  return (
    <>
      <PageHeading
        title={of.data?.title || words.title}
        lead={words.lead}
        above={<a href={`/consortia/${consortiumId}`}>{words.toConsortium}</a>}
        actions={
          <>
            <Button
              kind="primary"
              onClick={() => {
                print();
              }}
            >
              {words.print}
            </Button>
            <ButtonLink href={apiUrl(path)} download>
              {words.json}
            </ButtonLink>
            <ButtonLink href={apiUrl(`${path}.csv`)} download>
              {words.csv}
            </ButtonLink>
          </>
        }
      />
      <Show of={of} lines={8}>
        {(dossier) => (
          <div class="stack">
            <Project dossier={dossier} />
            {dossier.sides.map((side) => (
              <Side key={side.sme.id} side={side} />
            ))}
            <Evidence dossier={dossier} />
            <Match match={dossier.match} />
            <p class="fine">{words.madeAt(formatMoment(dossier.madeAt))}</p>
          </div>
        )}
      </Show>
    </>
  );
}

function Project({ dossier: { call, instrument, summary, state } }: { dossier: Dossier }) {
  return (
    <section class="card" aria-labelledby="dossier-project">
      <h2 id="dossier-project">{words.project}</h2>
      <p>{words.rules(call.name, call.rulesVersion)}</p>
      <p class="badges">
        <Badge>{t.consortia.states[state]}</Badge>
        {instrument !== null && (
          <span>
            {instrument.name}, {t.calls.ceiling.toLowerCase()} {formatEuros(instrument.grantCeilingEur)}
          </span>
        )}
      </p>
      {summary !== '' && <p>{summary}</p>}
    </section>
  );
}

function Side({ side: { sme, leads, solution, declaration, contact } }: { side: Dossier['sides'][number] }) {
  return (
    <section class="card stack-small" aria-label={sme.name}>
      <h2>
        {sme.name} {leads && <Badge kind="accent">{words.leads}</Badge>}
      </h2>
      <CompanyLine sme={sme} />
      <h3>{words.solution}</h3>
      {solution === null ? (
        <p>{words.noSolution}</p>
      ) : (
        <>
          <p>
            <strong>{solution.title}</strong> <TrlMark level={solution.trl} />
          </p>
          <p>{solution.offer}</p>
        </>
      )}
      <h3>{words.size}</h3>
      {declaration === null ? (
        <p>{words.sizeHidden}</p>
      ) : (
        <dl class="facts">
          <div>
            <dt>{words.headcount}</dt>
            <dd>{formatNumber(declaration.headcount)}</dd>
          </div>
          {declaration.turnoverEur !== null && (
            <div>
              <dt>{words.turnover}</dt>
              <dd>{formatEuros(declaration.turnoverEur)}</dd>
            </div>
          )}
          {declaration.balanceSheetEur !== null && (
            <div>
              <dt>{words.balance}</dt>
              <dd>{formatEuros(declaration.balanceSheetEur)}</dd>
            </div>
          )}
          <div>
            <dt>{words.declaredOn}</dt>
            <dd>{formatDay(declaration.date)}</dd>
          </div>
        </dl>
      )}
      {contact !== null && (
        <>
          <h3>{words.contact}</h3>
          <ContactLines contact={contact} />
        </>
      )}
    </section>
  );
}

function Evidence({ dossier: { eligibility } }: { dossier: Dossier }) {
  return (
    <section class="card" aria-labelledby="dossier-eligibility">
      <h2 id="dossier-eligibility">
        {words.eligibility}{' '}
        <Badge kind={KINDS[eligibility.answer]}>{answers.answers[eligibility.answer]}</Badge>
      </h2>
      <ul class="bullets">
        {eligibility.criteria.map(({ code, smeIds, sentence }) => (
          <li key={`${code} ${smeIds.join()}`}>
            {answers.codes[code]}: {sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Match({ match }: { match: Dossier['match'] }) {
  return (
    <section class="card" aria-labelledby="dossier-match">
      <h2 id="dossier-match">{words.match}</h2>
      {match === null ? (
        <p>{words.noMatch}</p>
      ) : (
        <ul class="bullets">
          {match.factors.map(({ label, sentence }) => (
            <li key={label}>
              {label}: {sentence}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
