import type { PageProps } from '../app/page.ts';

export function ImportsPage(_props: PageProps) {
  return null;
}
