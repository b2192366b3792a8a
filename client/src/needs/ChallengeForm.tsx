import { useState } from 'preact/hooks';
import type { ChallengeInput, ChallengeView } from '../../../server/challenges/schema.ts';
import { api } from '../api/request.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Notice } from '../components/feedback.tsx';
import { TextArea, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { errorUnder } from '../profile/edit.ts';
import { TermPickers } from '../profile/TermPicker.tsx';
import { TrlSelect } from '../profile/TrlSelect.tsx';
import { t } from '../strings/text.ts';
import { ChallengeNeeds } from './ChallengeNeeds.tsx';

const words = t.needs.challenges;

interface ChallengeProps {
  challenge: ChallengeView;
  onChanged: (challenge: ChallengeView) => void;
}

const inputOf = (challenge: ChallengeView): ChallengeInput => ({
  title: challenge.title,
  words: challenge.words,
  capabilities: [...challenge.capabilities],
  technologies: [...challenge.technologies],
  fields: [...challenge.fields],
  sectors: [...challenge.sectors],
  trlMin: challenge.trlMin,
  trlMax: challenge.trlMax,
  needIds: challenge.needs.map(({ id }) => id),
});

/** How staff word a challenge, and which needs it stands for. One button stores both. */
export function ChallengeForm({ challenge, onChanged }: ChallengeProps) {
  const start = inputOf(challenge);
  const [input, setInput] = useState(start);
  const [needs, setNeeds] = useState(challenge.needs);
  const changed = JSON.stringify(input) !== JSON.stringify(start);
  const form = useForm(async () => {
    const after = await api.put<ChallengeView>(`/challenges/${challenge.id}`, {
      version: challenge.version,
      challenge: input,
    });
    announce(t.needs.form.saved);
    onChanged(after);
  });
  const edit = (change: Partial<ChallengeInput>): void => {
    setInput((before) => ({ ...before, ...change }));
  };
  return (
    <section class="card" aria-labelledby="challenge-words">
      <h2 id="challenge-words">{words.word}</h2>
      {challenge.state === 'published' && (
        <Notice>
          <p>{words.publishedNote}</p>
        </Notice>
      )}
      <Form state={form}>
        <TextField
          label={t.needs.form.title}
          name="challenge.title"
          maxLength={160}
          value={input.title}
          error={form.errors['challenge.title']}
          onInput={(title) => {
            edit({ title });
          }}
        />
        <TextArea
          label={words.text}
          name="challenge.words"
          rows={8}
          value={input.words}
          error={form.errors['challenge.words']}
          onInput={(typed) => {
            edit({ words: typed });
          }}
        />
        <TermPickers
          legend={t.needs.form.terms}
          name="challenge"
          terms={input}
          errorOf={(field) => errorUnder(form.errors, field)}
          onChange={edit}
        />
        <div class="fields">
          <TrlSelect
            label={t.needs.form.trlMin}
            name="challenge.trlMin"
            unknown={t.needs.form.any}
            value={input.trlMin}
            error={form.errors['challenge.trlMin']}
            onChange={(trlMin) => {
              edit({ trlMin });
            }}
          />
          <TrlSelect
            label={t.needs.form.trlMax}
            name="challenge.trlMax"
            unknown={t.needs.form.any}
            value={input.trlMax}
            error={form.errors['challenge.trlMax']}
            onChange={(trlMax) => {
              edit({ trlMax });
            }}
          />
        </div>
        <ChallengeNeeds
          needs={needs}
          error={errorUnder(form.errors, 'challenge.needIds')}
          onChange={(behind) => {
            setNeeds(behind);
            edit({ needIds: behind.map(({ id }) => id) });
          }}
        />
        <div class="actions">
          <Button kind="primary" type="submit" busy={form.busy} disabled={!changed}>
            {t.common.save}
          </Button>
        </div>
      </Form>
    </section>
  );
}
