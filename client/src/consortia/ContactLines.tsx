import type { Contact } from '../../../server/consortia/schema.ts';
import { t } from '../strings/text.ts';

/** Whom to reach, by name, mail and telephone, as far as it is filled in. */
export function ContactLines({ contact }: { contact: Contact }) {
  const { name, email, phone } = contact;
  if (name === null && email === null && phone === null) return <p>{t.consortia.noContact}</p>;
  return (
    <>
      {name !== null && <p>{name}</p>}
      {email !== null && (
        <p>
          <a href={`mailto:${email}`}>{email}</a>
        </p>
      )}
      {phone !== null && (
        <p>
          <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>{phone}</a>
        </p>
      )}
    </>
  );
}
