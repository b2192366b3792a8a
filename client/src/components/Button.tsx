import type { ComponentChildren } from 'preact';
import { Icon } from './Icon.tsx';
import type { IconName } from './Icon.tsx';

interface Look {
  /** primary: the one main action of a view; danger: destroys something; quiet: no frame. */
  kind?: 'primary' | 'secondary' | 'danger' | 'quiet';
  icon?: IconName;
  small?: boolean;
  children: ComponentChildren;
}
function looks({ kind = 'secondary', small = false }: Look): string {
  return `button button-${kind}${small ? ' button-small' : ''}`;
}

interface ButtonProps extends Look {
  onClick?: () => void;
  type?: 'button' | 'submit';
  /** Working: it says so and takes no second click, but keeps the focus. */
  busy?: boolean;
  disabled?: boolean;
  /** Says more than the visible words where these are not enough out of context. */
  label?: string;
  pressed?: boolean;
  expanded?: boolean;
  controls?: string;
}

export function Button(props: ButtonProps) {
  const { onClick, type = 'button', busy = false, disabled = false } = props;
  return (
    <button
      type={type}
      class={looks(props)}
      disabled={disabled}
      aria-disabled={busy}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-controls={props.controls}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.();
      }}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : props.icon && <Icon name={props.icon} />}
      <span>{props.children}</span>
    </button>
  );
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function ButtonLink(props: Look & { href: string; download?: boolean }) {
  return (
    <a class={looks(props)} href={props.href} download={props.download}>
      {props.icon && <Icon name={props.icon} />}
      <span>{props.children}</span>
    </a>
  );
}
