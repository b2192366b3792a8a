import type { PageProps } from '../app/page.ts';

export function CompaniesPage(_props: PageProps) {
  return null;
}
