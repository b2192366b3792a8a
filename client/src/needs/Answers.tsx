import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { NeedAnswersView, NeedView } from '../../../server/needs/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { Button } from '../components/Button.tsx';
import { Show } from '../components/feedback.tsx';
import { formatNumber } from '../components/format.ts';
import { Badge, CompanyLine } from '../components/marks.tsx';
import { onEvent } from '../live/live.ts';
import { termLabel, useTaxonomy } from '../profile/taxonomy.ts';
import { t } from '../strings/text.ts';
import { AskCompaniesDialog } from './AnswerDialogs.tsx';
import { PartMarks, pointsOf } from './NeedMarks.tsx';

const words = t.needs.answers;
/** Answers shown before the rest is asked for. */
const SHOWN = 5;

type Ask = ((smes: readonly SmeCard[]) => void) | null;
type Pair = NeedAnswersView['pairs'][number];
type Answer = NeedAnswersView['smes'][number];

function Figure({ score }: { score: number }) {
  const points = pointsOf(score);
  return (
    <p class="answer-figure">
      <span aria-hidden="true">{words.covered(points)}</span>
      <span class="visually-hidden">{words.coveredLabel(points)}</span>
    </p>
  );
}

function PairRow({ pair, ask }: { pair: Pair; ask: Ask }) {
  const sides = [pair.a, pair.b];
  const nameOf = (id: string): string => sides.find((side) => side.id === id)?.name ?? '';
  return (
    <li class="answer">
      <div class="answer-head">
        <div>
          {sides.map((side) => (
            <div key={side.id}>
              <a class="answer-names" href={`/smes/${side.id}`}>
                {side.name}
              </a>
              <CompanyLine sme={side} />
            </div>
          ))}
        </div>
        <div>
          <Figure score={pair.score} />
          {pair.onlyTogether > 0 ? (
            <Badge kind="good">{words.onlyTogether}</Badge>
          ) : (
            <span class="fine">{words.oneAlone}</span>
          )}
        </div>
      </div>
      <PartMarks
        label={words.coveredLabel(pointsOf(pair.score))}
        parts={pair.parts.map(({ term, level, by }) => ({
          term,
          level,
          by: by.length === 1 ? by.map(nameOf) : [],
        }))}
      />
      <p class="fine">{pair.sentence}</p>
      {ask !== null && (
        <div class="actions">
          <Button
            small
            onClick={() => {
              ask(sides);
            }}
          >
            {words.askBoth}
            <span class="visually-hidden"> {sides.map(({ name }) => name).join(', ')}</span>
          </Button>
        </div>
      )}
    </li>
  );
}

function SmeRow({ answer, ask }: { answer: Answer; ask: Ask }) {
  const { sme } = answer;
  return (
    <li class="answer">
      <div class="answer-head">
        <div>
          <a class="answer-names" href={`/smes/${sme.id}`}>
            {sme.name}
          </a>
          <CompanyLine sme={sme} />
        </div>
        <Figure score={answer.score} />
      </div>
      <PartMarks label={words.coveredLabel(pointsOf(answer.score))} parts={answer.parts} />
      <p class="fine">{answer.sentence}</p>
      {ask !== null && (
        <div class="actions">
          <Button
            small
            onClick={() => {
              ask([sme]);
            }}
          >
            {words.ask}
            <span class="visually-hidden"> {sme.name}</span>
          </Button>
        </div>
      )}
    </li>
  );
}

/** A ranked list of which the best are shown first. */
function Ranked<T>(props: {
  id: string;
  title: string;
  lead: string;
  none: string;
  items: readonly T[];
  row: (item: T) => ComponentChildren;
}) {
  const [all, setAll] = useState(false);
  const { items } = props;
  return (
    <section class="card" aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      <p class="fine">{items.length === 0 ? props.none : props.lead}</p>
      {items.length > 0 && (
        <ul class="answer-list">{(all ? items : items.slice(0, SHOWN)).map(props.row)}</ul>
      )}
      {items.length > SHOWN && (
        <div class="actions">
          <Button
            kind="quiet"
            small
            expanded={all}
            onClick={() => {
              setAll(!all);
            }}
          >
            {all ? words.fewer : words.more}
          </Button>
        </div>
      )}
    </section>
  );
}

function Supply({ supply }: { supply: NeedAnswersView['supply'] }) {
  const taxonomy = useTaxonomy().data;
  if (supply.length === 0) return null;
  return (
    <section class="card" aria-labelledby="need-supply">
      <h2 id="need-supply">{words.supply}</h2>
      <p class="fine">{words.supplyLead}</p>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{words.term}</th>
            <th scope="col" class="figure">
              {words.offered}
            </th>
            <th scope="col" class="figure">
              {words.ready}
            </th>
          </tr>
        </thead>
        <tbody>
          {supply.map(({ term, offered, ready }) => (
            <tr key={term}>
              <th scope="row">{termLabel(taxonomy, term)}</th>
              <td class="figure" data-label={words.offered}>
                {formatNumber(offered)}
              </td>
              <td class="figure" data-label={words.ready}>
                {ready === 0 ? <Badge kind="bad">{words.nobody}</Badge> : formatNumber(ready)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The pairs and companies that answer a need, and what stays uncovered; for the organisation and staff. */
export function Answers({ need, onAsked }: { need: NeedView; onAsked: () => void }) {
  const answers = useLoad<NeedAnswersView>(`/needs/${need.id}/answers`);
  const [asked, setAsked] = useState<readonly SmeCard[] | null>(null);
  useEffect(() => onEvent('profile', answers.reload), [answers.reload]);
  const ask: Ask = need.state === 'published' ? setAsked : null;
  return (
    <>
      <h2>{words.title}</h2>
      {need.state !== 'published' && <p class="fine">{words.draftLead}</p>}
      <Show of={answers} lines={4}>
        {({ pairs, smes, supply, answering, looked }) => (
          <>
            <p>{words.lead(answering, looked)}</p>
            <Ranked
              id="need-pairs"
              title={words.pairs}
              lead={words.pairsLead}
              none={words.noPairs}
              items={pairs}
              row={(pair) => <PairRow key={`${pair.a.id} ${pair.b.id}`} pair={pair} ask={ask} />}
            />
            <Ranked
              id="need-smes"
              title={words.smes}
              lead={words.smesLead}
              none={words.noSmes}
              items={smes}
              row={(answer) => <SmeRow key={answer.sme.id} answer={answer} ask={ask} />}
            />
            <Supply supply={supply} />
          </>
        )}
      </Show>
      {asked !== null && (
        <AskCompaniesDialog
          needId={need.id}
          smes={asked}
          onDone={() => {
            setAsked(null);
            onAsked();
          }}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </>
  );
}
