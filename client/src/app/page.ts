import type { FunctionComponent } from 'preact';
import type { Role } from '../../../server/accounts/schema.ts';

/** What every page gets: the values of the `:names` of its path. The query is in `place` (router.ts). */
export interface PageProps {
  params: Readonly<Record<string, string>>;
}
export type Page = FunctionComponent<PageProps>;

/** A page as data. Titles are for the tab and the first heading. */
export interface PageRoute {
  path: string;
  title: string;
  /** `everybody`: also without an account; `signed-in`: any account; else these roles only. */
  access: 'everybody' | 'signed-in' | readonly Role[];
  /** `bare`: the narrow frame of pages before sign-in; `wall`: none at all, for a projector. */
  frame?: 'bare' | 'wall';
  load: () => Promise<Page>;
}
