/**
 * Brings the reader to the place of a field (`solutions.trl`, `needs` …) and puts the focus into its first control. Places carry
 * `data-field`; where a field has none, that of its nearest parent is taken.
 */
export function jumpTo(field: string): void {
  const parts = field.split('.').filter((part) => !/^\d+$/.test(part));
  while (parts.length > 0) {
    const place = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(parts.join('.'))}"]`);
    if (place !== null) {
      place.scrollIntoView({ block: 'center' });
      place.querySelector<HTMLElement>('input, select, textarea, button')?.focus({ preventScroll: true });
      return;
    }
    parts.pop();
  }
}
