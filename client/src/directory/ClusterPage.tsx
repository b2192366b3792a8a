import type { PageProps } from '../app/page.ts';

export function ClusterPage(_props: PageProps) {
  return null;
}
