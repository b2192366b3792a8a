/** Feasible prices and matched edges that are tight by them: what a search starts from. */
export interface Start {
  readonly prices: Float64Array;
  /** Half of the matched edge at each vertex; NONE where it has none. */
  readonly mates: Int32Array;
}
