import type { PageProps } from '../app/page.ts';

export function MembersPage(_props: PageProps) {
  return null;
}
