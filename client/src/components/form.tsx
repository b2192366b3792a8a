import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem, isAbort } from '../api/problem.ts';
import { t } from '../strings/text.ts';
import { Notice, sentenceOf } from './feedback.tsx';

export interface FormState {
  busy: boolean;
  /** Messages by field path, for the inputs of these names. */
  errors: Readonly<Record<string, string>>;
  error: unknown;
  /** Sends; what is typed stays. Resolves when the answer is there. */
  submit: () => Promise<void>;
  /** Refuses on this side, before anything is sent. */
  refuse: (errors: Readonly<Record<string, string>>) => void;
  clear: () => void;
}

/** State of one form: sending, and what the server refused. `send` throws what `api` throws. */
export function useForm(send: () => Promise<void>): FormState {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [own, setOwn] = useState<Readonly<Record<string, string>>>({});
  return {
    busy,
    error,
    errors: error instanceof ApiProblem ? error.fields : own,
    submit: async () => {
      if (busy) return;
      setBusy(true);
      setError(null);
      setOwn({});
      try {
        await send();
      } catch (failure) {
        if (!isAbort(failure)) setError(failure);
      } finally {
        setBusy(false);
      }
    },
    refuse: (errors) => {
      setError(null);
      setOwn(errors);
    },
    clear: () => {
      setError(null);
      setOwn({});
    },
  };
}

function focusFirstWrong(form: HTMLFormElement): void {
  const first = form.querySelector('[aria-invalid="true"]') ?? form.querySelector('.form-problem');
  if (!(first instanceof HTMLElement)) return;
  if (first instanceof HTMLFieldSetElement) first.querySelector('input')?.focus();
  else first.focus();
}

/** A form whose refusals stand next to their fields; the first of them is focused. */
export function Form(props: {
  state: FormState;
  label?: string;
  class?: string;
  children: ComponentChildren;
  /** Instead of the form's own send, such as to check first. */
  onSubmit?: () => void;
}) {
  const { state } = props;
  const element = useRef<HTMLFormElement>(null);
  const wrong = Object.keys(state.errors).length;
  useEffect(() => {
    if (element.current !== null && (state.error !== null || wrong > 0)) focusFirstWrong(element.current);
  }, [state.error, state.errors]);
  return (
    <form
      ref={element}
      class={props.class ?? 'form'}
      aria-label={props.label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (props.onSubmit) props.onSubmit();
        else void state.submit();
      }}
    >
      {(state.error !== null || wrong > 0) && (
        <div class="form-problem" tabIndex={-1}>
          <Notice kind="bad" alert>
            <p>{wrong > 0 ? t.common.checkFields(wrong) : sentenceOf(state.error)}</p>
          </Notice>
        </div>
      )}
      {props.children}
    </form>
  );
}
