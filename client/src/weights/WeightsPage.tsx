import type { PageProps } from '../app/page.ts';

export function WeightsPage(_props: PageProps) {
  return null;
}
