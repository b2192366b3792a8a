import type {
  AnswersAsked,
  Exposure,
  Geography,
  NeedAnswers,
  PairingOptions,
  PairingResult,
  PartSupply,
  PlannedRound,
  Replan,
  Settings,
  WantedTerm,
  WhatIf,
} from '../../matching/index.ts';
import type { IndexManifest, PartsManifest } from '../../matching/run-log.ts';
import type {
  Brief,
  Call,
  Explanation,
  Need,
  Profile,
  SmeId,
  SuggestionList,
  TaxonomyEntry,
  Weights,
} from '../../matching/types.ts';
import type {
  EventBriefs,
  EventChanges,
  EventRoom,
  EventTexts,
  Foreseen,
  RoundsQuestion,
} from './event-rooms.ts';
import type { TextBlock } from '../text/block.ts';
import type { InputText } from './kept-inputs.ts';

/** What other settings would change, asked of the same set of pairs before and after. */
export interface WhatIfQuestion {
  readonly settings: Settings;
  readonly geography: Geography;
  readonly options: PairingOptions;
}

/** A need of the demand side, and how many answers are wanted. */
export interface NeedQuestion {
  readonly need: Need;
  readonly asked: AnswersAsked;
}

/** Partners of one SME, in the order in which they are shown. */
export interface ShownList {
  readonly sme: SmeId;
  readonly partners: readonly SmeId[];
}

/** What came of a recompute; the lists themselves are fetched in pieces with `take`. */
export interface Recomputed {
  readonly changed: number;
  readonly removed: readonly SmeId[];
  /** SMEs in the pool. */
  readonly size: number;
  readonly tookMs: number;
}

/** A set of pairs, by their hashes the inputs that it was made from, and who is seen and paired. */
export interface MadePairing {
  readonly result: PairingResult;
  readonly manifest: PartsManifest;
  readonly exposure: Exposure;
}

/** A plan for the rounds of an event, what it was made from by hashes, and its own hash. */
export interface MadeRounds {
  readonly replan: Replan;
  readonly manifest: IndexManifest;
  readonly resultHash: string;
}

/** What other settings would change, with the set of pairs that they lead to. */
export interface MadeWhatIf {
  readonly whatIf: WhatIf;
  readonly after: MadePairing;
}

/** What can be asked of the worker thread, and what it answers. Large answers are fetched in pieces, so that no thread stalls. */
export interface Calls {
  /** Begins a new index; the standing one goes on answering until `finish`. */
  open: {
    ask: { taxonomy: readonly TaxonomyEntry[]; call: Call; weights: Weights; listLength: number };
    answer: null;
  };
  /** Adds profiles to the new index. */
  fill: { ask: { profiles: readonly Profile[] }; answer: null };
  /** Computes all lists of the new index, which then stands. */
  finish: { ask: null; answer: Recomputed };
  /** Changes the standing index and recomputes. */
  change: {
    ask: {
      upsert: readonly Profile[];
      remove: readonly SmeId[];
      weights: Weights | null;
      /** The rules with who is taken by now; null: as they are. */
      call: Call | null;
    };
    answer: Recomputed;
  };
  /** Computes all lists under other weights; changes nothing. Answers how many differ. */
  preview: { ask: { weights: Weights }; answer: { changed: number } };
  /** The next lists of a `finish`, `change`, `preview` or `lists`, named by its message number; empty at the end. */
  take: { ask: { task: number; limit: number }; answer: readonly SuggestionList[] };
  list: { ask: { sme: SmeId }; answer: SuggestionList | null };
  /** Sets all standing lists out for `take`. */
  lists: { ask: null; answer: { changed: number } };
  explain: { ask: { sme: SmeId; partners: readonly SmeId[] }; answer: readonly Explanation[] };
  /** What the lists of several SMEs show; pairs that may not be proposed (any more) are left out. */
  briefs: { ask: readonly ShownList[]; answer: readonly (readonly Brief[])[] };
  /** The same as text, see `shownText`: all pairs of all lists in the order asked; those that may not be proposed (any more) are not there. */
  briefTexts: { ask: readonly ShownList[]; answer: TextBlock };
  /** The best set of consortia over the standing index. */
  pairs: {
    ask: { options: PairingOptions; geography: Geography; limitMs: number | null };
    answer: MadePairing;
  };
  /** What other settings would change; changes nothing. */
  whatIf: { ask: WhatIfQuestion & { limitMs: number | null }; answer: MadeWhatIf };
  /** Parts of what recent sets of pairs were made from; those that are no longer known are left out. */
  inputTexts: { ask: { hashes: readonly string[] }; answer: readonly InputText[] };
  /** The SMEs and pairs that answer a need of the demand side; changes nothing. */
  needAnswers: { ask: NeedQuestion; answer: NeedAnswers };
  /** How many SMEs offer each of these terms, in the order asked. */
  supply: { ask: { wanted: readonly WantedTerm[] }; answer: readonly PartSupply[] };
  /** Plans the coming rounds of an event; changes nothing. */
  planRounds: { ask: RoundsQuestion; answer: Replan };
  /** The same for people to look at: with what is needed to repeat it. */
  draftRounds: { ask: RoundsQuestion; answer: MadeRounds };
  /** The coming rounds with as little changed as can be; changes nothing. */
  repairRounds: { ask: RoundsQuestion; answer: readonly PlannedRound[] };
  /** Makes ready the lists of an event as they will be once it is like this; answers which will change and who is on them. */
  foreseeEvent: { ask: EventRoom; answer: Foreseen };
  /** Brings the lists of an event up to date; answers whose changed, and what these show where they are few. */
  eventLists: { ask: EventRoom; answer: EventChanges };
  /** Those of several SMEs, with what is shown of each partner; null for those that were not there. */
  eventBriefs: { ask: readonly { event: string; sme: SmeId }[]; answer: readonly (EventBriefs | null)[] };
  /** The same as text. */
  eventTexts: { ask: readonly { event: string; sme: SmeId }[]; answer: EventTexts };
  /** The event is over: its room is forgotten. */
  closeEvent: { ask: { event: string }; answer: null };
}
export type CallName = keyof Calls;

export interface CallMessage<K extends CallName = CallName> {
  readonly id: number;
  readonly kind: K;
  readonly ask: Calls[K]['ask'];
}
/** Asks a running task to stop; it answers with an error named `AbortError`. */
export interface CancelMessage {
  readonly id: number;
  readonly kind: 'cancel';
}
export type ToWorker = CallMessage | CancelMessage;

export type FromWorker =
  | { readonly id: number; readonly kind: 'answer'; readonly answer: Calls[CallName]['answer'] }
  | {
      readonly id: number;
      readonly kind: 'failure';
      readonly error: { readonly name: string; readonly message: string };
    }
  | { readonly id: number; readonly kind: 'progress'; readonly done: number; readonly total: number };
