import type { UserView } from '../../../server/accounts/schema.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import { homeOf } from './navigation.ts';

export function MissingPage() {
  const words = t.shell.missing;
  return (
    <>
      <PageHeading title={words.title} lead={words.body} />
      <ButtonLink href="/" kind="primary">
        {words.action}
      </ButtonLink>
    </>
  );
}

export function ForbiddenPage({ user }: { user: UserView }) {
  const words = t.shell.forbidden;
  return (
    <>
      <PageHeading title={words.title} lead={words.body(t.shell.roles[user.role])} />
      <ButtonLink href={homeOf(user.role)} kind="primary">
        {words.action}
      </ButtonLink>
    </>
  );
}

export function UnreachablePage({ retry }: { retry: () => void }) {
  const words = t.shell.unreachable;
  return (
    <>
      <PageHeading title={words.title} lead={words.body} />
      <Button kind="primary" onClick={retry}>
        {words.action}
      </Button>
    </>
  );
}

export function BrokenPage() {
  const words = t.shell.broken;
  return (
    <>
      <PageHeading title={words.title} lead={words.body} />
      <Button
        kind="primary"
        onClick={() => {
          location.reload();
        }}
      >
        {words.action}
      </Button>
    </>
  );
}
