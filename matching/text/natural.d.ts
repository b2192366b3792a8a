/*
 * `natural` is imported by its single files only: the package's front door loads database clients and changes the environment.
 * These files carry no types of their own that fit our compiler settings.
 */
declare module 'natural/lib/natural/stemmers/porter_stemmer.js' {
  const stemmer: { stem(token: string): string };
  export default stemmer;
}

declare module 'natural/lib/natural/util/stopwords.js' {
  export const words: readonly string[];
}
