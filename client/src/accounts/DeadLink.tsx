import type { ComponentChildren } from 'preact';
import { ButtonLink } from '../components/Button.tsx';
import { Notice } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';

/** A one-time link that leads nowhere (any more), and what to do about it. */
export function DeadLink(props: { title: string; body: ComponentChildren }) {
  return (
    <>
      <PageHeading title={props.title} />
      <Notice kind="warning">
        <p>{props.body}</p>
      </Notice>
      <ButtonLink href="/sign-in">{t.accounts.toSignIn}</ButtonLink>
    </>
  );
}
