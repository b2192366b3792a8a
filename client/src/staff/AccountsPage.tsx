import type { PageProps } from '../app/page.ts';

export function AccountsPage(_props: PageProps) {
  return null;
}
