import type { PageProps } from '../app/page.ts';

export function InvitationPage(_props: PageProps) {
  return null;
}
