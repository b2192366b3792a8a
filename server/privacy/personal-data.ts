/** Whose data it is: a person's account, or an SME with the contacts in its profile. */
export interface Subject {
  readonly kind: 'account' | 'sme';
  readonly id: string;
}

/** One record about a subject, as it is handed to them. */
export type PersonalRecord = Readonly<Record<string, unknown>>;

/**
 * What one feature keeps about people, and how it lets go of it. Each feature that stores who somebody is, or what they said or did, adds
 * one of these to the list in services.ts: 'everything about me' is the sum of their exports, and erasing somebody calls each of them.
 */
export interface PersonalData {
  /** Stable name, used as the key of the export and in file names, such as `answers`. */
  readonly name: string;
  /** What it is, for the person, such as "Partners you said 'not for me' to". */
  readonly title: string;
  /** What stays after an erasure and why, in one sentence; null: nothing. */
  readonly stays: string | null;
  /** Records about this subject; none where the feature knows nothing of them. Never anything about other people. */
  exportOf(subject: Subject): Promise<readonly PersonalRecord[]>;
  /**
   * Removes what is personal: deletes records, or empties the fields that say who it was. Answers with how many records it changed or
   * deleted. Safe to repeat: after a crash it is called again.
   */
  erase(subject: Subject): Promise<number>;
}
