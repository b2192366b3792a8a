/** What an event knows of consortia: they are formed elsewhere, and live longer than an event. */
export interface ConsortiumSeam {
  /** Both SMEs of a meeting want to go on; answers with the consortium that is being formed. Again is harmless. */
  onBothWant(eventId: string, a: string, b: string): Promise<string | null>;
  /** At the start: these pairs want to go on; those whose consortium a crash cut off get it. `a` comes before `b`. */
  makeUpFor(pairs: readonly { eventId: string; a: string; b: string }[]): Promise<void>;
  /** Consortia of an SME that are proposed or formed, by partner. */
  of(smeId: string): Promise<ReadonlyMap<string, string>>;
  /** Who is in a formed consortium of a call, and so meets nobody else for it. */
  taken(callId: string): Promise<readonly string[]>;
  /** Formed consortia that began at an event, newest first. */
  formedAt(eventId: string): Promise<readonly { a: string; b: string; at: Date }[]>;
}
