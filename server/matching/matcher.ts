import type {
  AnswersAsked,
  Exposure,
  NeedAnswers,
  PairingOptions,
  PairingResult,
  PartSupply,
  PlannedRound,
  Replan,
  WantedTerm,
  WhatIf,
} from '../../matching/index.ts';
import type { IndexManifest, RunManifest } from '../../matching/run-log.ts';
import type { Brief, Explanation, Need, SmeId, SuggestionList, Weights } from '../../matching/types.ts';
import type { Cause, Progress } from '../live/protocol.ts';
import type { TextRow } from '../text/block.ts';
import type {
  EventBriefs,
  EventChanges,
  EventRoom,
  EventTexts,
  Foreseen,
  RoundsQuestion,
} from './event-rooms.ts';
import type { InputText } from './kept-inputs.ts';
import type { WhatIfQuestion } from './messages.ts';
import type { RunControl } from './shared-runs.ts';

/** Lists that changed together, and what made them change. Large sets come in several pieces. */
export interface ListChanges {
  readonly cause: Cause;
  readonly changed: readonly SuggestionList[];
  readonly removed: readonly SmeId[];
  readonly weightsVersion: number;
  /** The SMEs that were named as changed. */
  readonly about?: readonly SmeId[];
  /** More pieces of the same change follow. */
  readonly continues: boolean;
  /** Last piece of a rebuild: all SMEs there are, so that what is stored for any other can go. */
  readonly pool?: ReadonlySet<SmeId>;
}

/** A plan for the rounds of an event, what it was made from by hashes, and its own hash. */
export interface DraftedRounds {
  readonly replan: Replan;
  readonly manifest: IndexManifest & { readonly engine: string };
  readonly resultHash: string;
}

/** How a run for the best sets of pairs is followed and stopped. */
export interface PairingControl extends RunControl {
  /**
   * Time for the run itself, in milliseconds; null: no limit. The best set of pairs is then the best found so far, with its gap; a comparison
   * of two settings has nothing to show yet and rejects with an error named `TimeoutError`. [the limit that the matcher was made with]
   */
  readonly limitMs?: number | null;
}

/**
 * The engine as the server sees it: a worker thread that holds the index of all profiles in memory. MongoDB is the only truth: the
 * index can be thrown away and rebuilt from it at any time.
 *
 * Where the engine cannot answer (it is starting, or its thread died or hung), calls reject with a 503 problem; it comes back by itself.
 * Long runs end with an error named `AbortError` when their signal aborts.
 */
export interface Matcher {
  /** Loads everything from the database and computes all lists. */
  start(): Promise<void>;
  /** Hears that these SMEs were added, changed, answered or removed; resolves when every list that this changes was handed to `onChange`. Calls in quick succession are joined. */
  profilesChanged(smeIds: readonly SmeId[], cause: Cause): Promise<void>;
  /** Hears that the weights in the database were changed. */
  weightsChanged(): Promise<void>;
  /** Hears that another call is in force, or that its rules changed. */
  callChanged(): Promise<void>;
  /** Throws the index away and builds it again from the database; the old one answers until the new one is ready. */
  rebuild(onProgress?: (progress: Progress) => void): Promise<void>;
  list(smeId: SmeId): Promise<SuggestionList | null>;
  /** Explanations of the pairs of one SME with each partner, in the order asked; pairs with an SME that is not in the pool are left out. */
  explain(smeId: SmeId, partners: readonly SmeId[]): Promise<readonly Explanation[]>;
  /** What a list shows of the pairs of one SME, in the order asked; pairs that may not be proposed (any more) are left out. */
  briefs(smeId: SmeId, partners: readonly SmeId[]): Promise<readonly Brief[]>;
  /** The same as text to be put beside the partner's card (`shownText`), in the order asked; not there where a pair may not be proposed (any more). */
  briefTexts(smeId: SmeId, partners: readonly SmeId[]): Promise<TextRow>;
  /** All lists as they would be under other weights (only those that differ); nothing is changed. */
  preview(weights: Weights, control?: RunControl): Promise<readonly SuggestionList[]>;
  /**
   * The best set of consortia over all SMEs as they stand, each SME at most once. The same question on an unchanged pool is worked out once,
   * and gives the same object. @throws RangeError for options that the engine refuses
   */
  pairs(options?: PairingOptions, control?: PairingControl): Promise<PairingResult>;
  /**
   * What other weights or rules would change in lists and pairs, exactly as publishing them then does; nothing is changed.
   * @throws RangeError as `pairs`
   */
  whatIf(question: WhatIfQuestion, control?: PairingControl): Promise<WhatIf>;
  /** The set of pairs that the other settings of an answer of `whatIf` lead to; `madeFrom` and `exposure` know it too. */
  pairsUnder(whatIf: WhatIf): PairingResult;
  /** What an answer of `pairs` was made from, by hashes. */
  madeFrom(result: PairingResult): RunManifest;
  /** Who was seen on the lists and who was paired when an answer of `pairs` was made. */
  exposure(result: PairingResult): Exposure;
  /** Parts of what the latest answers of `pairs` were made from, as canonical JSON; those that are no longer known are left out. */
  inputTexts(hashes: readonly string[]): Promise<readonly InputText[]>;
  /**
   * The SMEs and the pairs that answer a need of the demand side, exactly. The same question on an unchanged pool is worked out once.
   * @throws RangeError where it wants more than 30 terms
   */
  needAnswers(need: Need, asked?: AnswersAsked, control?: RunControl): Promise<NeedAnswers>;
  /** How many SMEs offer each of these terms, at all and at the wanted readiness; in the order asked. Worked out once as above. */
  supply(wanted: readonly WantedTerm[], control?: RunControl): Promise<readonly PartSupply[]>;
  /** Plans the coming rounds of an event around what stands; nothing is changed. @throws RangeError for options that the engine refuses */
  planRounds(question: RoundsQuestion, control?: RunControl): Promise<Replan>;
  /** `planRounds` for people to look at: with what is needed to repeat it. */
  draftRounds(question: RoundsQuestion, control?: RunControl): Promise<DraftedRounds>;
  /**
   * The coming rounds of an event with as little changed as can be: only around those who are left without a meeting, where that is enough.
   * Nothing is changed. @throws RangeError as `planRounds`
   */
  repairRounds(question: RoundsQuestion): Promise<readonly PlannedRound[]>;
  /**
   * Makes ready the lists as they will be once somebody came, while that is written; nothing is changed by it. Answers which lists will change
   * and who is on them; nobody where many come and go at once.
   */
  foreseeEvent(room: EventRoom): Promise<Foreseen>;
  /** Tells who is where at an event; answers with those whose best partners there changed, and what few of them are shown. */
  eventLists(room: EventRoom): Promise<EventChanges>;
  /** What is shown of the best partners of an SME at an event, as of the last `eventLists`; null where it was not there. */
  eventBriefs(event: string, sme: SmeId): Promise<EventBriefs | null>;
  /** The same as text to be put beside the partners' cards; of one list, or of none. */
  eventTexts(event: string, sme: SmeId): Promise<EventTexts>;
  closeEvent(event: string): Promise<void>;
  /** All lists as they stand. */
  lists(): Promise<readonly SuggestionList[]>;
  /** Called with each set of changed lists, one after the other; the next set waits until the promise resolves. */
  onChange(listener: (changes: ListChanges) => Promise<void>): void;
  status(): {
    ready: boolean;
    smes: number;
    busy: boolean;
    weightsVersion: number;
    lastRefreshMs: number | null;
    /** How often the thread was started again: because it died, and because it hung. */
    restarts: { died: number; hung: number };
  };
  stop(): Promise<void>;
}
