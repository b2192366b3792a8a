import type { PageProps } from '../app/page.ts';

export function InvitationsPage(_props: PageProps) {
  return null;
}
