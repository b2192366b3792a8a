import { useState } from 'preact/hooks';
import type { Forcing, PairView } from '../../../server/pairs/schema.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Form, useForm } from '../components/form.tsx';
import { formatFineShare } from '../components/format.ts';
import { PickByName } from '../components/PickByName.tsx';
import { t } from '../strings/text.ts';
import { askedQuery } from './asked.ts';

const words = t.pairs.forcing;

/** What it would cost the whole to pair two certain companies; worked out when it is asked. */
export function ForcingCard() {
  const [ids, setIds] = useState({ a: '', b: '' });
  const [found, setFound] = useState<Forcing | null>(null);
  const form = useForm(async () => {
    setFound(await api.get<Forcing>('/pairs/forcing', { query: { ...askedQuery(), ...ids } }));
  });
  const pick = (side: 'a' | 'b') => (id: string) => {
    setFound(null);
    form.clear();
    setIds((before) => ({ ...before, [side]: id }));
  };
  const ask = (): void => {
    const errors = Object.fromEntries(
      (['a', 'b'] as const).filter((side) => ids[side] === '').map((side) => [side, words.missing]),
    );
    if (Object.keys(errors).length > 0) form.refuse(errors);
    else void form.submit();
  };
  return (
    <details class="card forcing">
      <summary>{words.title}</summary>
      <Form state={form} label={words.title} onSubmit={ask}>
        <div class="fields">
          <PickByName from="/smes" label={words.first} name="a" error={form.errors['a']} onPick={pick('a')} />
          <PickByName
            from="/smes"
            label={words.second}
            name="b"
            error={form.errors['b']}
            onPick={pick('b')}
          />
        </div>
        <div class="actions">
          <Button type="submit" busy={form.busy}>
            {words.ask}
          </Button>
        </div>
        <div role="status">{found !== null && <Outcome found={found} />}</div>
      </Form>
    </details>
  );
}

function Outcome({ found }: { found: Forcing }) {
  const { isInSet, share, pairs, gained, lost, isExact } = found;
  if (isInSet) return <p>{words.inSet}</p>;
  return (
    <div class="stack-small">
      <p class="forcing-price">
        {share >= 0 ? words.costs(formatFineShare(share)) : words.brings(formatFineShare(-share))}
      </p>
      {pairs.after !== pairs.before && <p>{words.pairs(pairs.before, pairs.after)}</p>}
      {!isExact && <p class="fine">{words.notExact}</p>}
      <Named title={words.lost(lost.count)} pairs={lost.pairs} />
      <Named title={words.gained(gained.count)} pairs={gained.pairs} />
    </div>
  );
}

function Named({ title, pairs }: { title: string; pairs: readonly PairView[] }) {
  if (pairs.length === 0) return null;
  return (
    <div>
      <p class="label">{title}</p>
      <ul class="named-pairs">
        {pairs.map(({ a, b, score }) => (
          <li key={`${a.id} ${b.id}`}>
            {words.pair(a.name, b.name)} <span class="fine number">{Math.round(score * 100)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
