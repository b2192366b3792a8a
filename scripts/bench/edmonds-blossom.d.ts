/** The peer of the assignment: a port to JavaScript of van Rantwijk's maximum-weight matching in general graphs. */
declare module 'edmonds-blossom' {
  /** Mate of each vertex up to the highest one that an edge names; -1 where it has none. */
  export default function blossom(edges: readonly (readonly [number, number, number])[]): number[];
}
