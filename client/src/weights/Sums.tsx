/** One of the three parts of a whole. */
export interface SumPart {
  /** How much the part stands out. */
  readonly tone: 'strong' | 'middle' | 'faint';
  readonly label: string;
  readonly count: number;
}

/** The parts of a whole in figures and as one bar. */
export function Sums({ parts, total }: { parts: readonly SumPart[]; total: number }) {
  return (
    <>
      <dl class="sums">
        {parts.map((part) => (
          <div key={part.tone} class={`sum sum-${part.tone}`}>
            <dt>{part.label}</dt>
            <dd class="number">{part.count.toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      <div class="stack-bar" aria-hidden="true">
        {parts
          .filter((part) => part.count > 0)
          .map((part) => (
            <span
              key={part.tone}
              class={`stack-part sum-part sum-${part.tone}`}
              style={{ flexBasis: `${(part.count / Math.max(1, total)) * 100}%` }}
            />
          ))}
      </div>
    </>
  );
}
