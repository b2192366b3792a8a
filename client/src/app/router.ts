import { signal } from '@preact/signals';

/** Where the reader is: path and query of the address bar. */
export interface Place {
  path: string;
  query: URLSearchParams;
}
const here = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) });
export const place = signal<Place>(here());

/** Asked before the reader leaves a page with unsaved changes; null: nothing holds them. */
let guard: (() => Promise<boolean>) | null = null;
let shown = location.href;

/** Lets a page ask before it is left; returns how to stop asking. */
export function holdLeaving(ask: () => Promise<boolean>): () => void {
  guard = ask;
  const warn = (event: BeforeUnloadEvent) => {
    event.preventDefault();
  };
  addEventListener('beforeunload', warn);
  return () => {
    if (guard === ask) guard = null;
    removeEventListener('beforeunload', warn);
  };
}

function arrive(): void {
  shown = location.href;
  place.value = here();
}

/** Goes to another page of the client. `replace` leaves no step to come back to. */
export async function navigate(to: string, options: { replace?: boolean } = {}): Promise<void> {
  if (guard !== null && !(await guard())) return;
  if (options.replace === true) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  if (options.replace !== true) scrollTo(0, 0);
  arrive();
}

/** Changes the query of this page without leaving a step in the history (filters, searches). */
export function setQuery(changes: Readonly<Record<string, string | null>>): void {
  const query = new URLSearchParams(place.value.query);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString();
  history.replaceState(null, '', `${place.value.path}${text ? `?${text}` : ''}`);
  arrive();
}

/** The client's own link under this click, where the click means 'go there in this window'. */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (event.defaultPrevented || !plain || !(event.target instanceof Element)) return null;
  const link = event.target.closest('a');
  if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return null;
  if (link.target || link.hasAttribute('download') || link.pathname.startsWith('/api/v1/')) return null;
  return link.hash && link.pathname === location.pathname ? null : link;
}

/** Takes over plain clicks on links of this site, and the back button. Called once, at start. */
export function startRouter(): void {
  document.addEventListener('click', (event) => {
    const link = linkOf(event);
    if (link === null) return;
    event.preventDefault();
    void navigate(link.pathname + link.search + link.hash);
  });
  addEventListener('popstate', () => {
    if (guard === null) {
      arrive();
      return;
    }
    // The browser has already moved: go back to the page that holds its reader, then ask.
    const target = location.href;
    history.pushState(null, '', shown);
    void navigate(target.slice(location.origin.length));
  });
}

/** True while a page holds its reader because of unsaved changes. */
export function isHeld(): boolean {
  return guard !== null;
}
