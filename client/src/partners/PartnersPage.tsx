import type { PageProps } from '../app/page.ts';

export function PartnersPage(_props: PageProps) {
  return null;
}
