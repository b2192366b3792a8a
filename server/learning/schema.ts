import { z } from 'zod';
import { factorSchema } from '../suggestions/schema.ts';
import { weightValuesSchema } from '../weights/schema.ts';

const count = z.number().int();
/** A figure with the interval that holds the true one 19 times out of 20. */
const estimate = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });
const compared = z.strictObject({ standing: z.number(), proposed: z.number(), gain: estimate });

const proposal = z.strictObject({
  kind: z.literal('proposal'),
  values: weightValuesSchema,
  /** What the proposed weights add up to: the same as the standing ones, unless one would come above 100. */
  total: count,
  factors: z.array(
    z.strictObject({
      factor: factorSchema,
      standing: count,
      proposed: count,
      /** Within which the weight lies 19 times out of 20. */
      low: z.number(),
      high: z.number(),
    }),
  ),
  /** Standing and proposed weights on answers that they were not learnt from. */
  evaluation: z.strictObject({
    folds: count,
    /** Mean of -log(chance given to what was answered); lower is better, 0.693 is a coin. */
    logLoss: compared,
    /** Chance that of an accepted and a declined pair the accepted one has the higher score; 0.5 is a coin. */
    auc: compared,
    verdict: z.enum(['better', 'no-better', 'worse']),
  }),
});
const tooFew = z.strictObject({
  kind: z.literal('too-few'),
  missing: z.array(
    z.strictObject({ what: z.enum(['decisions', 'accepted', 'declined', 'smes']), have: count, need: count }),
  ),
});
const noDirection = z.strictObject({ kind: z.literal('no-direction') });

/** Weights as the answers of people suggest them, or why none can be proposed. Nothing is applied. */
export const weightsProposalSchema = z.strictObject({
  weightsVersion: count,
  decisions: z.strictObject({
    consortium: count,
    wouldLike: count,
    metAgain: count,
    notForMe: count,
    /** Pairs, what both sides said alike counted once. */
    accepted: count,
    declined: count,
    /** SMEs that answered. */
    smes: count,
    /** Answers whose reason says nothing of the match, such as 'no capacity'. */
    notOfTheMatch: count,
    /** Answers of one SME both ways about the same partner. */
    contradicting: count,
    /** Answers about SMEs that are no longer there. */
    gone: count,
  }),
  outcome: z.discriminatedUnion('kind', [proposal, tooFew, noDirection]),
});
export type WeightsProposal = z.infer<typeof weightsProposalSchema>;
