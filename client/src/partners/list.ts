import type { Cause } from '../../../server/live/protocol.ts';
import type { PartnersView } from '../../../server/suggestions/schema.ts';

/**
 * The list that the reader sees, and the newer one that waits until it does not disturb. Pure: the page says whether the reader is
 * in the middle of something.
 */
export interface ListState {
  readonly shown: PartnersView;
  /** A newer list that waits for the reader; null: what is shown is the newest. */
  readonly waiting: PartnersView | null;
  /** Why the waiting list differs; several changes may have come since. */
  readonly causes: readonly Cause[];
  /** Partners that came in with the last change that was applied: marked 'new'. */
  readonly fresh: ReadonlySet<string>;
}

/** What differs between two lists of one SME, by partner id, in the order of the list they stand in. */
export interface ListChange {
  readonly entered: readonly string[];
  readonly left: readonly string[];
  /** Partners in both lists whose place among those in both changed. */
  readonly moved: readonly string[];
  /** Partners in both lists with another score. */
  readonly rescored: readonly string[];
}

/** The first list of a page. */
export function startList(view: PartnersView): ListState {
  return { shown: view, waiting: null, causes: [], fresh: new Set() };
}

/** True where the first list is the newer one. */
function isNewer(view: PartnersView, than: PartnersView): boolean {
  return view.listVersion > than.listVersion;
}

/**
 * Takes a list that came in: shown at once, or held back while the reader is busy and would notice it. Old and repeated lists change
 * nothing.
 */
export function receiveList(
  state: ListState,
  view: PartnersView,
  options: { cause: Cause | null; busy: boolean },
): ListState {
  if (view.smeId !== state.shown.smeId || !isNewer(view, state.waiting ?? state.shown)) return state;
  const causes = options.cause === null ? state.causes : [...new Set([...state.causes, options.cause])];
  const held = { ...state, waiting: view, causes };
  return options.busy && !isSame(changeBetween(state.shown, view)) ? held : applyWaiting(held);
}

function isIn(view: PartnersView, partnerId: string): boolean {
  return view.partners.some((card) => card.partner.id === partnerId);
}

/** Shows the waiting list; the partners that are new in it are marked. */
export function applyWaiting(state: ListState): ListState {
  if (state.waiting === null) return state;
  const { entered } = changeBetween(state.shown, state.waiting);
  const stillFresh = [...state.fresh].filter((id) => entered.length === 0 && isIn(state.shown, id));
  return { shown: state.waiting, waiting: null, causes: [], fresh: new Set([...entered, ...stillFresh]) };
}

/** What the reader would notice between two lists. */
export function changeBetween(before: PartnersView, after: PartnersView): ListChange {
  const was = new Map(before.partners.map((card) => [card.partner.id, card]));
  const is = new Map(after.partners.map((card) => [card.partner.id, card]));
  const stayed = before.partners.map((card) => card.partner.id).filter((id) => is.has(id));
  const now = after.partners.map((card) => card.partner.id).filter((id) => was.has(id));
  return {
    entered: [...is.keys()].filter((id) => !was.has(id)),
    left: [...was.keys()].filter((id) => !is.has(id)),
    moved: now.filter((id, place) => stayed[place] !== id),
    rescored: now.filter((id) => was.get(id)?.score !== is.get(id)?.score),
  };
}

/** True where nothing differs that a reader could see. */
export function isSame(change: ListChange): boolean {
  return [change.entered, change.left, change.moved, change.rescored].every((ids) => ids.length === 0);
}
