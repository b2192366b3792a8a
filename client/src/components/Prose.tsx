import type { Link } from '../../../server/audience/schema.ts';
import { t } from '../strings/text.ts';
import { Icon } from './Icon.tsx';
import { blocksOf, hostOf, type Span } from './prose.ts';

function SpanOf({ span }: { span: Span }) {
  if (span.kind === 'strong') return <strong>{span.text}</strong>;
  if (span.kind === 'emphasis') return <em>{span.text}</em>;
  if (span.kind === 'plain') return <>{span.text}</>;
  return (
    <a href={span.url} rel="noopener noreferrer" target="_blank">
      {span.text}
    </a>
  );
}

/** A text in light Markdown. */
export function Prose({ text }: { text: string }) {
  return (
    <div class="prose">
      {blocksOf(text).map((block, at) =>
        block.kind === 'list' ? (
          <ul key={at}>
            {block.lines.map((line, index) => (
              <li key={index}>
                {line.map((span, place) => (
                  <SpanOf key={place} span={span} />
                ))}
              </li>
            ))}
          </ul>
        ) : (
          <p key={at}>
            {block.lines.map((line, index) => (
              <span key={index}>
                {index > 0 && <br />}
                {line.map((span, place) => (
                  <SpanOf key={place} span={span} />
                ))}
              </span>
            ))}
          </p>
        ),
      )}
    </div>
  );
}

/** Links with the host that they lead to. */
export function LinkList({ links }: { links: readonly Link[] }) {
  if (links.length === 0) return null;
  return (
    <ul class="link-list plain-list stack-small">
      {links.map(({ label, url }) => (
        <li key={url}>
          <a class="link-out" href={url} rel="noopener noreferrer" target="_blank">
            <Icon name="external" />
            {label}
          </a>
          <span class="fine">{t.programme.links.opens(hostOf(url))}</span>
        </li>
      ))}
    </ul>
  );
}
