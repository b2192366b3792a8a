/** What accounts need to know of clusters and SMEs; filled in by those features when they exist. */
export interface Directory {
  /** Names of the clusters among these ids that exist. */
  clusterNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Names and clusters of the SMEs among these ids that exist. */
  smes(ids: readonly string[]): Promise<ReadonlyMap<string, { name: string; clusterId: string | null }>>;
}
