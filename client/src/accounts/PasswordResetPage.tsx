import type { PageProps } from '../app/page.ts';

export function PasswordResetPage(_props: PageProps) {
  return null;
}
