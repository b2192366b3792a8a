import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { t } from '../strings/text.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

export interface Question {
  title: string;
  body: ComponentChildren;
  /** Words of the button that does it, such as 'Close the account'. */
  action: string;
  cancel?: string;
  danger?: boolean;
}
const asked = signal<{ question: Question; answer: (yes: boolean) => void } | null>(null);

/** Asks in a dialog; resolves to true where the reader goes on. */
export function askConfirm(question: Question): Promise<boolean> {
  asked.value?.answer(false);
  return new Promise((resolve) => {
    asked.value = {
      question,
      answer: (yes) => {
        asked.value = null;
        resolve(yes);
      },
    };
  });
}

/** Where the questions appear; once in the frame. */
export function ConfirmHost() {
  if (asked.value === null) return null;
  const { question, answer } = asked.value;
  return (
    <Dialog
      title={question.title}
      onClose={() => {
        answer(false);
      }}
    >
      <div class="dialog-text">{question.body}</div>
      <div class="actions actions-end">
        <Button
          onClick={() => {
            answer(false);
          }}
        >
          {question.cancel ?? t.common.cancel}
        </Button>
        <Button
          kind={question.danger === false ? 'primary' : 'danger'}
          onClick={() => {
            answer(true);
          }}
        >
          {question.action}
        </Button>
      </div>
    </Dialog>
  );
}
