import { useEffect, useRef, useState } from 'preact/hooks';
import type { WeightsProposal } from '../../../server/learning/schema.ts';
import type { WeightValues } from '../../../server/weights/schema.ts';
import { isAbort } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Failure, Notice } from '../components/feedback.tsx';
import { formatShare } from '../components/format.ts';
import { t } from '../strings/text.ts';

type Outcome = WeightsProposal['outcome'];
type Proposal = Extract<Outcome, { kind: 'proposal' }>;

const words = t.learning;
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat('en', { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const thousandths = new Intl.NumberFormat('en', { minimumFractionDigits: 3, maximumFractionDigits: 3 });

type State =
  | { readonly kind: 'none' | 'running' }
  | { readonly kind: 'done'; readonly proposal: WeightsProposal }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Weights as people's answers suggest them: asked for by hand, put on the sliders by hand, applied by nothing here. */
export function LearnPanel({ onUse }: { onUse: (values: WeightValues) => void }) {
  const [state, setState] = useState<State>({ kind: 'none' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const ask = async (): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setState({ kind: 'running' });
    try {
      const { signal } = controller;
      setState({
        kind: 'done',
        proposal: await api.post<WeightsProposal>('/weights/proposal', undefined, { signal }),
      });
    } catch (error) {
      if (!isAbort(error)) setState({ kind: 'failed', error });
    }
  };
  return (
    <section class="card learn" aria-labelledby="learn">
      <h2 id="learn">{words.title}</h2>
      <p>{words.what}</p>
      <div class="actions">
        <Button busy={state.kind === 'running'} onClick={() => void ask()}>
          {state.kind === 'done' ? words.again : words.action}
        </Button>
      </div>
      <div role="status" class="stack">
        {state.kind === 'running' && <p>{words.running}</p>}
        {state.kind === 'done' && <Answers of={state.proposal.decisions} />}
        {state.kind === 'done' && <OutcomeView outcome={state.proposal.outcome} />}
      </div>
      {state.kind === 'failed' && <Failure error={state.error} retry={() => void ask()} />}
      {state.kind === 'done' && state.proposal.outcome.kind === 'proposal' && (
        <UseButton values={state.proposal.outcome.values} onUse={onUse} />
      )}
    </section>
  );
}

function UseButton(props: { values: WeightValues; onUse: (values: WeightValues) => void }) {
  return (
    <div class="actions">
      <Button
        onClick={() => {
          props.onUse(props.values);
          announce(words.used);
        }}
      >
        {words.use}
      </Button>
    </div>
  );
}

function Answers({ of }: { of: WeightsProposal['decisions'] }) {
  const kinds = (['consortium', 'wouldLike', 'metAgain', 'notForMe'] as const).filter((kind) => of[kind] > 0);
  return (
    <div class="stack-small">
      <p>{words.read(of.accepted, of.declined, of.smes)}</p>
      {kinds.length > 0 && (
        <p class="fine number">{kinds.map((kind) => `${of[kind]} × ${words.kinds[kind]}`).join(' · ')}</p>
      )}
      {(['notOfTheMatch', 'contradicting', 'gone'] as const)
        .filter((why) => of[why] > 0)
        .map((why) => (
          <p key={why} class="fine">
            {words[why](of[why])}
          </p>
        ))}
    </div>
  );
}

function OutcomeView({ outcome }: { outcome: Outcome }) {
  if (outcome.kind === 'proposal') return <ProposalView proposal={outcome} />;
  if (outcome.kind === 'no-direction') {
    return (
      <Notice title={words.noDirection}>
        <p>{words.noDirectionBody}</p>
      </Notice>
    );
  }
  return (
    <Notice title={words.tooFew}>
      <p>{words.missingLead}</p>
      <ul>
        {outcome.missing.map(({ what, have, need }) => (
          <li key={what}>{words.missing[what](have, need)}</li>
        ))}
      </ul>
    </Notice>
  );
}

function ProposalView({ proposal }: { proposal: Proposal }) {
  return (
    <>
      <table class="countries">
        <thead>
          <tr>
            <th scope="col">{words.factor}</th>
            <th scope="col">{words.standing}</th>
            <th scope="col">{words.proposed}</th>
            <th scope="col">{words.interval}</th>
          </tr>
        </thead>
        <tbody>
          {proposal.factors.map(({ factor, standing, proposed, low, high }) => (
            <tr key={factor}>
              <th scope="row">{t.weights.factors[factor].name}</th>
              <td class="number">{standing}</td>
              <td class="number">{proposed === standing ? proposed : <strong>{proposed}</strong>}</td>
              <td class="number">{words.between(tenths.format(low), tenths.format(high))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="fine">{words.total(proposal.total)}</p>
      <Evaluation of={proposal.evaluation} />
      <p class="fine">{words.caveat}</p>
    </>
  );
}

function Evaluation({ of: { folds, auc, logLoss, verdict } }: { of: Proposal['evaluation'] }) {
  const points = (share: number): string => signed.format(share * 100);
  return (
    <Notice kind={verdict === 'better' ? 'good' : 'info'} title={words.verdicts[verdict]}>
      <p>{words.auc(formatShare(auc.standing), formatShare(auc.proposed))}</p>
      <p class="number">{words.gain(points(auc.gain.value), points(auc.gain.low), points(auc.gain.high))}</p>
      <p class="fine number">
        {words.loss(thousandths.format(logLoss.standing), thousandths.format(logLoss.proposed))}
      </p>
      <p class="fine">{words.heldOut(folds)}</p>
    </Notice>
  );
}
