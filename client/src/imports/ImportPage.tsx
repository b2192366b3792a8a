import type { PageProps } from '../app/page.ts';

export function ImportPage(_props: PageProps) {
  return null;
}
