import type { PageProps } from '../app/page.ts';

export function SetUpPage(_props: PageProps) {
  return null;
}
