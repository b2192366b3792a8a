/** A field's path without the positions in lists: `needs.0.words` is `needs.words`. */
const plainPath = (path: string): string => path.replace(/\.\d+(?=\.|$)/g, '');

/** The first control of this very field. */
function controlOf(field: string): HTMLElement | undefined {
  const named = document.querySelectorAll<HTMLElement>('form [name]');
  return [...named].find((control) => plainPath(control.getAttribute('name') ?? '') === field);
}

/** The first control inside the place that is marked for this field, or for the nearest one above it. */
function controlNear(field: string): HTMLElement | null {
  const place = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
  const control =
    place?.querySelector<HTMLElement>('input, select, textarea') ?? place?.querySelector('button');
  if (control !== undefined && control !== null) return control;
  const above = field.slice(0, Math.max(0, field.lastIndexOf('.')));
  return above === '' ? null : controlNear(above);
}

/** Brings the reader to a field of the profile (`solutions.trl`, `needs.words`, `languages` …) and puts the focus into it. */
export function jumpTo(field: string): void {
  const path = plainPath(field);
  const control = controlOf(path) ?? controlNear(path);
  control?.scrollIntoView({ block: 'center' });
  control?.focus({ preventScroll: true });
}
