import { TextArea, TextField } from '../components/fields.tsx';
import { Icon } from '../components/Icon.tsx';
import { t } from '../strings/text.ts';
import type { SectionProps } from './edit.ts';

const words = t.profile.confidential;

/** What only the company, its cluster and the staff see. */
export function ConfidentialSection({ draft, edit, errors }: SectionProps) {
  return (
    <section class="card card-private" aria-labelledby="profile-confidential" data-field="confidential">
      <h2 id="profile-confidential" class="with-icon">
        <Icon name="lock" /> {words.title}
      </h2>
      <p>{words.who}</p>
      <div class="fields">
        <TextField
          label={words.contactName}
          name="confidential.contactName"
          optional
          value={draft.contactName}
          onInput={(contactName) => {
            edit({ contactName });
          }}
          error={errors['confidential.contactName']}
        />
        <TextField
          label={words.contactEmail}
          name="confidential.contactEmail"
          type="email"
          inputMode="email"
          optional
          value={draft.contactEmail}
          onInput={(contactEmail) => {
            edit({ contactEmail });
          }}
          error={errors['confidential.contactEmail']}
        />
        <TextField
          label={words.contactPhone}
          name="confidential.contactPhone"
          type="tel"
          inputMode="tel"
          optional
          value={draft.contactPhone}
          onInput={(contactPhone) => {
            edit({ contactPhone });
          }}
          error={errors['confidential.contactPhone']}
        />
      </div>
      <TextArea
        label={words.notes}
        name="confidential.notes"
        optional
        value={draft.notes}
        onInput={(notes) => {
          edit({ notes });
        }}
        error={errors['confidential.notes']}
      />
    </section>
  );
}
