import type { PageProps } from '../app/page.ts';

export function JobsPage(_props: PageProps) {
  return null;
}
