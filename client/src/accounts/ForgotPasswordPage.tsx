import type { PageProps } from '../app/page.ts';

export function ForgotPasswordPage(_props: PageProps) {
  return null;
}
