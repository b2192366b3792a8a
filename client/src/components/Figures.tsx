import type { ComponentChildren } from 'preact';
import './figures.css';

/** The few numbers that a page begins with. */
export function Figures({ children }: { children: ComponentChildren }) {
  return <dl class="figures">{children}</dl>;
}

export function Figure({ value, label }: { value: string; label: string }) {
  return (
    <div class="figure">
      <dd>{value}</dd>
      <dt>{label}</dt>
    </div>
  );
}
