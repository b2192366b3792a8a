import type { PageProps } from '../app/page.ts';

export function SmePage(_props: PageProps) {
  return null;
}
