import { useState } from 'preact/hooks';
import { announce } from './announce.tsx';

/** One thing at a time that is done by a button: whether it runs, and how it failed. */
export interface Action {
  busy: boolean;
  failure: unknown;
  /** Does it, then says so in passing. */
  run: (act: () => Promise<void>, said: string) => Promise<void>;
}

/** State of the buttons of one view. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  return {
    busy,
    failure,
    run: async (act, said) => {
      if (busy) return;
      setBusy(true);
      setFailure(null);
      try {
        await act();
        announce(said);
      } catch (error) {
        setFailure(error);
      } finally {
        setBusy(false);
      }
    },
  };
}
