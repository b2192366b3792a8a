import { useState } from 'preact/hooks';
import type { ConsentView } from '../../../server/privacy/schema.ts';
import { api } from '../api/request.ts';
import { announce } from '../components/announce.tsx';
import { Failure } from '../components/feedback.tsx';
import { RadioGroup } from '../components/fields.tsx';
import { formatDay, formatMoment } from '../components/format.ts';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { consentsAnswered } from './due.ts';

const words = t.privacy.myData;

/** Each purpose by itself, with the whole text and what was answered. */
export function Consents({ items, onAnswered }: { items: readonly ConsentView[]; onAnswered: () => void }) {
  return (
    <section class="card" aria-labelledby="my-data-consents">
      <h2 id="my-data-consents">{words.consents}</h2>
      <p>{words.consentsLead}</p>
      <div class="stack">
        {items.map((consent) => (
          <Consent key={consent.purpose} consent={consent} onAnswered={onAnswered} />
        ))}
      </div>
    </section>
  );
}

function Consent({ consent, onAnswered }: { consent: ConsentView; onAnswered: () => void }) {
  const [error, setError] = useState<unknown>(null);
  const { title, textVersion } = consent;
  const answer = async (state: string): Promise<void> => {
    setError(null);
    try {
      await api.put(`/privacy/consents/${consent.purpose}`, { state, textVersion });
      announce(words.saved(title));
      consentsAnswered();
      onAnswered();
    } catch (failure) {
      setError(failure);
    }
  };
  const [newest, ...earlier] = consent.history;
  return (
    <div>
      <RadioGroup
        legend={title}
        name={consent.purpose}
        value={consent.due ? '' : (consent.state ?? '')}
        onChange={(state) => void answer(state)}
        mark={
          <>
            {consent.due && <Badge kind="warning">{words.due}</Badge>}{' '}
            <span class="fine">{consent.of === 'sme' ? words.ofCompany : words.ofPerson}</span>
          </>
        }
        choices={[
          { value: 'given', label: words.yes, hint: consent.text },
          { value: 'withdrawn', label: words.no, hint: consent.without },
        ]}
      />
      <p class="fine">
        {newest ? words.answered(words.states[newest.state], formatMoment(newest.at)) : words.notAsked} ·{' '}
        {words.text(textVersion, formatDay(consent.since))}
      </p>
      {earlier.length > 0 && (
        <details>
          <summary class="fine">{words.history}</summary>
          <ul class="fine">
            {earlier.map(({ state, at }) => (
              <li key={at}>{words.answered(words.states[state], formatMoment(at))}</li>
            ))}
          </ul>
        </details>
      )}
      {error !== null && <Failure error={error} />}
    </div>
  );
}
