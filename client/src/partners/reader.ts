/** Where the reader is on the page, so that a list can change without losing their place. */

/** A card and how far it stands from the upper edge of the window, in pixels. */
export interface Anchor {
  readonly id: string;
  readonly top: number;
}

/** Cards carry their partner's id in this attribute. */
export const CARD_ATTRIBUTE = 'data-partner';

function cardsIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(`[${CARD_ATTRIBUTE}]`)];
}

/**
 * True where a change of this list would disturb: a dialog is open, something in the list is focused, pointed at or marked, or the
 * reader has scrolled into it.
 */
export function isReading(list: HTMLElement | null): boolean {
  if (list === null) return false;
  if (document.querySelector('dialog[open]') !== null) return true;
  if (list.contains(document.activeElement) || list.matches(':hover')) return true;
  const selection = getSelection();
  if (selection !== null && !selection.isCollapsed && list.contains(selection.anchorNode)) return true;
  return list.getBoundingClientRect().top < 0;
}

/** The cards in the window, first the one that is being read: where to hold the page, whichever of them stays in the list. */
export function anchorsOf(list: HTMLElement): readonly Anchor[] {
  const inWindow = cardsIn(list).filter((card) => {
    const box = card.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  });
  const focused = inWindow.filter((card) => card.contains(document.activeElement));
  return [...focused, ...inWindow].map((card) => ({
    id: card.getAttribute(CARD_ATTRIBUTE) ?? '',
    top: card.getBoundingClientRect().top,
  }));
}

/** Scrolls so that the first anchor that is still there stands where it stood. */
export function holdPlace(list: HTMLElement, anchors: readonly Anchor[]): void {
  const cards = new Map(cardsIn(list).map((card) => [card.getAttribute(CARD_ATTRIBUTE) ?? '', card]));
  for (const anchor of anchors) {
    const card = cards.get(anchor.id);
    if (card === undefined) continue;
    scrollBy({ top: card.getBoundingClientRect().top - anchor.top, behavior: 'instant' });
    return;
  }
}
