import type { PairingOptions } from '../assignment/asked.ts';

/** One setting of the fairness dial. */
export interface DialStep {
  readonly aim: NonNullable<PairingOptions['aim']>;
  readonly label: string;
  /** What it does, in one sentence for staff. */
  readonly says: string;
}

/** The fairness dial, from the largest total to nobody left out. What each step costs stands in the result, as its price. */
export const FAIRNESS_DIAL: readonly DialStep[] = [
  {
    aim: 'total',
    label: 'The largest sum of scores',
    says: 'The largest sum of scores, whoever stays alone for it.',
  },
  {
    aim: 'everybody',
    label: 'Nobody left out',
    says: 'As many SMEs with a partner as can be; of these sets the one with the largest sum.',
  },
  {
    aim: 'proportional',
    label: 'Fair shares',
    says: 'As many SMEs with a partner as can be; a pair gives up a share of its score only for a larger share of another.',
  },
  {
    aim: 'minimum',
    label: 'The weakest pair as strong as can be',
    says: 'As many SMEs with a partner as can be; the weakest pair is as strong as can be, then the largest sum.',
  },
];
