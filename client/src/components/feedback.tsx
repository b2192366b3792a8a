import type { ComponentChildren } from 'preact';
import { ApiProblem, NetworkLost } from '../api/problem.ts';
import type { Loaded } from '../api/useLoad.ts';
import { t } from '../strings/text.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import type { IconName } from './Icon.tsx';

/** What to tell a person about any failure of a request. */
export function sentenceOf(error: unknown): string {
  // A 503 is the server's own word too: it says what is away and when it comes back.
  if (error instanceof ApiProblem) {
    return error.status >= 500 && error.status !== 503 ? t.common.unexpected : error.message;
  }
  return error instanceof NetworkLost ? t.common.networkLost : t.common.unexpected;
}

export function Loading({ lines = 3 }: { lines?: number }) {
  return (
    <div class="loading" role="status">
      <span class="visually-hidden">{t.common.loading}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} class="skeleton" aria-hidden="true" />
      ))}
    </div>
  );
}

/** A framed remark. `alert` interrupts screen readers: only for failures of what was just done. */
export function Notice(props: {
  kind?: 'info' | 'good' | 'warning' | 'bad';
  alert?: boolean;
  title?: ComponentChildren;
  children?: ComponentChildren;
}) {
  const { kind = 'info' } = props;
  const icons: Record<typeof kind, IconName> = {
    info: 'info',
    good: 'check',
    warning: 'warning',
    bad: 'warning',
  };
  return (
    <div class={`notice notice-${kind}`} role={props.alert === true ? 'alert' : undefined}>
      <Icon name={icons[kind]} />
      <div>
        {props.title !== undefined && <p class="notice-title">{props.title}</p>}
        {props.children}
      </div>
    </div>
  );
}

/** A failed request, with a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  return (
    <Notice kind="bad" alert>
      <p>{sentenceOf(error)}</p>
      {error instanceof ApiProblem && error.status >= 500 && error.requestId !== null && (
        <p class="fine">{t.common.requestId(error.requestId)}</p>
      )}
      {retry && (
        <Button small onClick={retry}>
          {t.common.tryAgain}
        </Button>
      )}
    </Notice>
  );
}

/** Nothing there: says what to do next. `heading`: the title is that of the page, which has no other. */
export function Empty(props: {
  icon?: IconName;
  title: string;
  heading?: boolean;
  children?: ComponentChildren;
}) {
  const Title = props.heading === true ? 'h1' : 'p';
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={props.icon ?? 'info'} />
      </span>
      <Title class="empty-title">{props.title}</Title>
      {props.children}
    </div>
  );
}

/** Shows what was read, or that it is on its way, or why it did not come. A later failure is told above what is known. */
export function Show<T>(props: {
  of: Loaded<T>;
  /** How much of a placeholder is drawn meanwhile. */
  lines?: number;
  children: (data: T) => ComponentChildren;
}) {
  const { of, children } = props;
  return (
    <>
      {of.error !== null && <Failure error={of.error} retry={of.reload} />}
      {of.loading && <Loading lines={props.lines ?? 3} />}
      {of.data !== null && children(of.data)}
    </>
  );
}
