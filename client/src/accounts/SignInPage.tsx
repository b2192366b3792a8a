import type { PageProps } from '../app/page.ts';

export function SignInPage(_props: PageProps) {
  return null;
}
