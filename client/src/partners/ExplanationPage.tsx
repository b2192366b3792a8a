import type { PageProps } from '../app/page.ts';

export function ExplanationPage(_props: PageProps) {
  return null;
}
