import type { PageProps } from '../app/page.ts';

export function ProfilePage(_props: PageProps) {
  return null;
}
