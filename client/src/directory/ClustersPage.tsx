import type { PageProps } from '../app/page.ts';

export function ClustersPage(_props: PageProps) {
  return null;
}
