import {
  PairMap,
  patchRounds,
  replan,
  type MatchingIndex,
  type PlannedRound,
  type Progress,
  type Replan,
  type Room,
} from '../../matching/index.ts';
import { SCALE, type Brief, type SmeId } from '../../matching/types.ts';
import { asciiJson } from '../text/ascii-json.ts';
import { textBlock, type TextBlock } from '../text/block.ts';
import { bestOf, LENGTH, sameList, takeIn, type EventList, type EventPartner } from './event-lists.ts';

/*
 * What the engine's thread knows of events that take place: the best partners of everybody among those present. A list of the whole pool
 * whose partners are all there is one of the event too; else one row of scores tells. An arrival costs its own row, a departure the rows
 * of those on whose lists it was.
 */

/** Who is where at an event. */
export interface EventRoom {
  readonly event: string;
  readonly here: readonly SmeId[];
  readonly expected: readonly SmeId[];
}

/** What is shown of a partner at an event. */
export interface EventBrief extends EventPartner {
  readonly summary: string;
}

/** A list of an event with what is shown of it. */
export interface EventBriefs {
  readonly here: readonly EventBrief[];
  readonly expected: readonly EventBrief[];
}

/** A list whose words are in a block: who is in either part, one behind the other from a place of the block on. */
export interface EventTextList extends Readonly<Record<keyof EventBriefs, readonly SmeId[]>> {
  readonly first: number;
}

/**
 * `EventBriefs` as text, for those that are sent to open windows: what is shown of each pair as JSON, without the braces around it, to be put
 * beside the partner's card.
 */
export interface EventTexts {
  readonly block: TextBlock;
  /** In the order asked; null for those that were not there. */
  readonly lists: readonly (EventTextList | null)[];
}

/** Whose lists are others than before, and what these show where they are few. */
export interface EventChanges {
  readonly changed: readonly SmeId[];
  /** In the order of `changed`; null where they are so many that each is asked for in its turn. */
  readonly texts: EventTexts | null;
}

/** What an arrival would change. */
export interface Foreseen {
  readonly changed: readonly SmeId[];
  /** Who is on these lists. */
  readonly partners: readonly SmeId[];
}

/** What is to be planned, for whom. Ids that the engine does not know are passed over. */
export interface RoundsQuestion {
  readonly participants: readonly SmeId[];
  readonly options: Parameters<typeof replan>[0]['options'];
  readonly told: Parameters<typeof replan>[0]['told'];
}

/** Lists between two reports. */
const BLOCK = 16;
/** Share of those present from which all lists are made anew. */
const MANY = 1 / 4;
/** So many may come and go at once for the lists to be brought up to date in one step, of some milliseconds. */
const FEW = 3;
/** What so many lists show goes along with whose they are. */
const TEXTS_ALONG = 64;
/** Pairs of which it is kept what is shown: some 10 MB. */
const BRIEFS_MOST = 40_000;

type Part = keyof EventList;
const PARTS: readonly Part[] = ['here', 'expected'];

interface Held {
  /** Of the index when the lists were made. */
  readonly revision: number;
  readonly parts: ReadonlyMap<SmeId, Part>;
  readonly lists: ReadonlyMap<SmeId, EventList>;
}

/** Lists that were made before somebody came, of the room as it is with them. */
interface Ahead extends Held {
  readonly changed: readonly SmeId[];
  /** What they were made of. */
  readonly before: Held;
}

const known = (index: MatchingIndex, ids: readonly SmeId[]): SmeId[] => ids.filter((id) => index.has(id));

/** What was agreed on cannot be kept where a rule stands against it by now, or one of the two is gone. */
function standingPins(index: MatchingIndex, { participants, options }: RoundsQuestion) {
  const there = new Set(participants);
  return (options.pinned ?? []).filter(({ a, b }) => there.has(a) && there.has(b) && index.mayMeet(a, b));
}

/** The room that was planned for last: the next plan is mostly for the same people. */
export class LastRoom {
  room: Room | null = null;
}

/** Plans the coming rounds of an event. Who was in the last room is not scored with each other again. */
export function* planIn(
  index: MatchingIndex,
  question: RoundsQuestion,
  last = new LastRoom(),
): Generator<Progress, Replan, void> {
  const room = yield* index.room(known(index, question.participants), last.room);
  last.room = room;
  const options = { ...question.options, pinned: standingPins(index, question) };
  return yield* replan({ room, options, told: question.told });
}

/** The coming rounds of an event with as little changed as can be; null where everything is to be planned anew. */
export function patchIn(index: MatchingIndex, question: RoundsQuestion): readonly PlannedRound[] | null {
  // Whoever may meet nobody at all is alone whatever is done.
  const participants = question.participants.filter((id) => index.mayMeetAnybody(id));
  return patchRounds({
    participants,
    options: { ...question.options, pinned: standingPins(index, question) },
    told: question.told,
    scoresOf: (own, others) => index.scores(own, others),
    mayMeet: (a, b) => index.mayMeet(a, b),
  });
}

function partsOf(index: MatchingIndex, ask: EventRoom): Map<SmeId, Part> {
  const parts = new Map<SmeId, Part>();
  for (const part of PARTS) for (const id of known(index, ask[part])) parts.set(id, part);
  return parts;
}

const sameParts = (one: ReadonlyMap<SmeId, Part>, other: ReadonlyMap<SmeId, Part>): boolean =>
  one.size === other.size && [...one].every(([id, part]) => other.get(id) === part);

/** As `EventPartnerView` shows it, without partner and rank. */
const shownText = ({ score, summary }: EventBrief): string =>
  asciiJson({ score: score / SCALE, summary }).slice(1, -1);

/** Holds the lists of the events that take place. */
export class EventRooms {
  readonly #held = new Map<string, Held>();
  /** What was foreseen last, by event. */
  readonly #ahead = new Map<string, Ahead>();
  /** Events whose lists are being brought up to date, step by step. */
  readonly #underWay = new Set<string>();
  /** What is shown of pairs, until the next recompute: an arrival changes one partner of a list. */
  readonly #briefs = new PairMap<EventBrief | null>(BRIEFS_MOST);

  /** Brings the lists of everybody here up to date; answers with those whose list is another one than last time. */
  *lists(index: MatchingIndex, revision: number, ask: EventRoom): Generator<Progress, EventChanges, void> {
    this.#underWay.add(ask.event);
    try {
      return this.#shown(index, ask.event, yield* this.#lists(index, revision, ask));
    } finally {
      this.#underWay.delete(ask.event);
    }
  }

  /** The same where it is what was foreseen, and made already; null where it is not. */
  asForeseen(index: MatchingIndex, ask: EventRoom): EventChanges | null {
    const ahead = this.#ahead.get(ask.event);
    if (!ahead || this.#held.get(ask.event) !== ahead.before || this.#underWay.has(ask.event)) return null;
    if (!sameParts(ahead.parts, partsOf(index, ask))) return null;
    this.#hold(ask.event, ahead);
    return this.#shown(index, ask.event, ahead.changed);
  }

  #hold(event: string, { revision, parts, lists }: Held): void {
    this.#held.set(event, { revision, parts, lists });
    this.#ahead.delete(event);
  }

  #shown(index: MatchingIndex, event: string, changed: readonly SmeId[]): EventChanges {
    const asked = changed.map((sme) => ({ event, sme }));
    return { changed, texts: changed.length <= TEXTS_ALONG ? this.texts(index, asked) : null };
  }

  *#lists(
    index: MatchingIndex,
    revision: number,
    ask: EventRoom,
  ): Generator<Progress, readonly SmeId[], void> {
    const parts = partsOf(index, ask);
    const held = this.#held.get(ask.event);
    const update = new Update(index, parts, held?.revision === revision ? held : null);
    const lists = new Map<SmeId, EventList>();
    const changed: SmeId[] = [];
    for (const id of parts.keys()) {
      const before = held?.lists.get(id);
      const list = update.listOf(id, lists.size);
      const isSame = before !== undefined && sameList(before, list);
      lists.set(id, isSame ? before : list);
      if (!isSame) changed.push(id);
      if (lists.size % BLOCK === 0) yield { done: lists.size, total: parts.size };
    }
    this.#hold(ask.event, { revision, parts, lists });
    return changed;
  }

  /**
   * Makes the lists of the room as it will be, and what they will show, for `asForeseen`; nothing is told. Only where few come and go: the rest
   * takes its time anyway.
   */
  foresee(index: MatchingIndex, revision: number, ask: EventRoom): Foreseen {
    const before = this.#held.get(ask.event);
    if (!before || !this.isSmall(index, revision, ask)) return { changed: [], partners: [] };
    const parts = partsOf(index, ask);
    const update = new Update(index, parts, before);
    const lists = new Map<SmeId, EventList>();
    const changed: SmeId[] = [];
    const partners = new Set<SmeId>();
    for (const id of parts.keys()) {
      const old = before.lists.get(id);
      const list = update.listOf(id, lists.size);
      const isSame = old !== undefined && sameList(old, list);
      lists.set(id, isSame ? old : list);
      if (isSame) continue;
      changed.push(id);
      for (const { partner } of [...list.here, ...list.expected]) {
        this.#brief(index, id, partner);
        partners.add(partner);
      }
    }
    this.#ahead.set(ask.event, { revision, parts, lists, changed, before });
    return { changed, partners: [...partners] };
  }

  /** Whether so few came and went since the last `lists` that nobody needs to wait for the next. */
  isSmall(index: MatchingIndex, revision: number, ask: EventRoom): boolean {
    const held = this.#held.get(ask.event);
    if (held?.revision !== revision || this.#underWay.has(ask.event)) return false;
    const parts = partsOf(index, ask);
    let others = 0;
    for (const [id, part] of parts) if (held.parts.get(id) !== part) others += 1;
    for (const id of held.parts.keys()) if (!parts.has(id)) others += 1;
    return others <= FEW;
  }

  /** The list of one SME as of the last `lists`; null where it was not there. */
  list(event: string, sme: SmeId): EventList | null {
    return this.#held.get(event)?.lists.get(sme) ?? null;
  }

  /** The same with what is shown of each partner; without those that may not be proposed any more. */
  briefs(index: MatchingIndex, event: string, sme: SmeId): EventBriefs | null {
    const list = this.list(event, sme);
    if (!list) return null;
    const shown = (partners: readonly EventPartner[]): EventBrief[] =>
      partners.flatMap(({ partner }) => this.#brief(index, sme, partner) ?? []);
    return { here: shown(list.here), expected: shown(list.expected) };
  }

  /** The same of several as text. */
  texts(index: MatchingIndex, asked: readonly { readonly event: string; readonly sme: SmeId }[]): EventTexts {
    const shown: string[] = [];
    const lists = asked.map(({ event, sme }): EventTextList | null => {
      const briefs = this.briefs(index, event, sme);
      if (!briefs) return null;
      const first = shown.length;
      const added = (part: readonly EventBrief[]): SmeId[] => {
        for (const brief of part) shown.push(shownText(brief));
        return part.map(({ partner }) => partner);
      };
      return { first, here: added(briefs.here), expected: added(briefs.expected) };
    });
    return { block: textBlock(shown), lists };
  }

  /** A pair was put into words for a list of the whole pool: those of an event show some of the same. */
  note({ a, b, score, summary }: Pick<Brief, 'a' | 'b' | 'score' | 'summary'>): void {
    const isPresent = ({ parts }: Held): boolean => parts.has(a) && parts.has(b);
    if ([...this.#held.values()].some(isPresent)) this.#briefs.set(a, b, { partner: b, score, summary });
  }

  /** The index was recomputed: what was shown of pairs may not hold any more. */
  recomputed(): void {
    this.#briefs.clear();
    this.#ahead.clear();
  }

  close(event: string): void {
    this.#held.delete(event);
    this.#ahead.delete(event);
  }

  #brief(index: MatchingIndex, sme: SmeId, partner: SmeId): EventBrief | null {
    const known = this.#briefs.get(sme, partner);
    if (known !== undefined) return known;
    const found = index.brief(sme, partner);
    const brief = found && { partner, score: found.score, summary: found.summary };
    this.#briefs.set(sme, partner, brief);
    return brief;
  }
}

/** One update of all lists of an event. Of a small one, what is done for each of a thousand lists is what takes the time. */
class Update {
  readonly #index: MatchingIndex;
  readonly #parts: ReadonlyMap<SmeId, Part>;
  readonly #ids: Readonly<Record<Part, readonly SmeId[]>>;
  /** Those present, each at its place. */
  readonly all: readonly SmeId[];
  /** Lists of before of which only those that came and went are to be looked at; null: all are made anew. */
  readonly #before: Held | null;
  /** Those who were there and are not, or are in another part now. */
  readonly #gone: ReadonlySet<SmeId>;
  /** Scores of those who came with everybody, by place in `all`. */
  readonly #entered = new Map<SmeId, Int32Array>();
  readonly #places: ReadonlyMap<SmeId, number>;
  /** Scores of the SME whose list is being made, if they were needed. */
  #row: { readonly own: SmeId; readonly scores: Int32Array } | null = null;

  constructor(index: MatchingIndex, parts: ReadonlyMap<SmeId, Part>, before: Held | null) {
    this.#index = index;
    this.#parts = parts;
    this.all = [...parts.keys()];
    this.#places = new Map(this.all.map((id, place) => [id, place]));
    const of = (part: Part): SmeId[] => this.all.filter((id) => parts.get(id) === part);
    this.#ids = { here: of('here'), expected: of('expected') };
    const came = before ? this.all.filter((id) => before.parts.get(id) !== parts.get(id)) : [];
    this.#before = came.length > this.all.length * MANY ? null : before;
    if (this.#before) for (const id of came) this.#entered.set(id, index.scores(id, this.all));
    const then = this.#before?.parts ?? new Map<SmeId, Part>();
    this.#gone = new Set([...then].flatMap(([id, part]) => (parts.get(id) === part ? [] : id)));
  }

  /** The list of the SME at this place of those present. */
  listOf(own: SmeId, place: number): EventList {
    const before = this.#before?.lists.get(own);
    const here = this.#part(own, place, 'here', before?.here);
    const expected = this.#part(own, place, 'expected', before?.expected);
    const isSame = before && here === before.here && expected === before.expected;
    return isSame ? before : { here, expected };
  }

  #part(
    own: SmeId,
    place: number,
    part: Part,
    before: readonly EventPartner[] | undefined,
  ): readonly EventPartner[] {
    if (before && !this.#lost(before)) return this.#withEntered(own, place, part, before);
    return this.#fromPool(own, part) ?? this.#fromRow(own, part);
  }

  #lost(before: readonly EventPartner[]): boolean {
    return this.#gone.size > 0 && before.some(({ partner }) => this.#gone.has(partner));
  }

  #withEntered(
    own: SmeId,
    place: number,
    part: Part,
    before: readonly EventPartner[],
  ): readonly EventPartner[] {
    let list = before;
    for (const [partner, row] of this.#entered) {
      if (partner === own || this.#parts.get(partner) !== part) continue;
      const longer = takeIn(list, { partner, score: row[place] ?? -1 });
      if (longer !== list && !list.some((one) => one.partner === partner)) list = longer;
    }
    return list;
  }

  /** Scores with everybody, by place in `all`. */
  #scoresOf(own: SmeId): Int32Array {
    if (this.#row?.own === own) return this.#row.scores;
    const scores = this.#entered.get(own) ?? this.#index.scores(own, this.all);
    this.#row = { own, scores };
    return scores;
  }

  /** The part as the pool's own list tells it; null where that is too short to tell. */
  #fromPool(own: SmeId, part: Part): readonly EventPartner[] | null {
    if (this.#ids[part].length === 0) return [];
    const suggestions = this.#index.list(own)?.suggestions ?? [];
    const there = suggestions.filter(({ partner }) => this.#parts.get(partner) === part);
    // A list that is not full holds everybody who may be proposed at all.
    if (there.length < LENGTH && suggestions.length >= LENGTH) return null;
    return there.slice(0, LENGTH).map(({ partner, score }) => ({ partner, score }));
  }

  #fromRow(own: SmeId, part: Part): readonly EventPartner[] {
    const scores = this.#scoresOf(own);
    return bestOf(
      this.#ids[part].map((partner) => ({ partner, score: scores[this.#places.get(partner) ?? -1] ?? -1 })),
      own,
    );
  }
}
