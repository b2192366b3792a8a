import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../strings/text.ts';

let first = true;

/** The first heading of a page: sets the tab's title and takes the focus when the page is arrived at. */
export function PageHeading(props: {
  title: string;
  /** A line above, such as the way back. */
  above?: ComponentChildren;
  /** What this page is for, in a sentence. */
  lead?: ComponentChildren;
  /** Main actions of the page. */
  actions?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = t.shell.titleOf(props.title);
  }, [props.title]);
  useEffect(() => {
    // On the very first page the browser's own start of reading stays as it is.
    if (!first) heading.current?.focus({ preventScroll: true });
    first = false;
  }, []);
  return (
    <header class="page-head">
      <div>
        {props.above !== undefined && <p class="page-above">{props.above}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        {props.lead !== undefined && <p class="lead">{props.lead}</p>}
      </div>
      {props.actions !== undefined && <div class="actions page-actions">{props.actions}</div>}
    </header>
  );
}
