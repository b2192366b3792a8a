import type { PageProps } from '../app/page.ts';

export function AccountPage(_props: PageProps) {
  return null;
}
