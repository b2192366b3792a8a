/** The stemmer that ours is compared with; its files carry no types of their own that fit our compiler settings. */
declare module 'natural/lib/natural/stemmers/porter_stemmer.js' {
  const stemmer: { stem(token: string): string };
  export default stemmer;
}
