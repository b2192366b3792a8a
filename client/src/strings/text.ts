import { en } from './en.ts';

/** All words of the client, in the language of the reader. Another language is another object of this shape. */
export type Strings = typeof en;
export const t: Strings = en;
