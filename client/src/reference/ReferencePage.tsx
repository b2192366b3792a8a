import type { PageProps } from '../app/page.ts';

export function ReferencePage(_props: PageProps) {
  return null;
}
