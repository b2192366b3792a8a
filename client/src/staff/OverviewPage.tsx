import type { PageProps } from '../app/page.ts';

export function OverviewPage(_props: PageProps) {
  return null;
}
