import type { PageProps } from '../app/page.ts';

export function NewSmePage(_props: PageProps) {
  return null;
}
