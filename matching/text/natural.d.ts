/*
 * `natural` is imported by single files only: the package's front door loads database clients and changes the environment.
 * These files carry no types of their own that fit our compiler settings.
 */
declare module 'natural/lib/natural/util/stopwords.js' {
  export const words: readonly string[];
}
