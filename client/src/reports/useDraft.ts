import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReportInput, ReportView } from '../../../server/reports/schema.ts';
import { ApiProblem } from '../api/problem.ts';
import { api } from '../api/request.ts';

/** A report while it is written: it saves itself a moment after each change. */
export interface Draft {
  report: ReportInput;
  view: ReportView;
  state: 'saved' | 'saving' | 'wrong';
  error: unknown;
  errors: Readonly<Record<string, string>>;
  change: (part: Partial<ReportInput>) => void;
  /** Saves what is typed, now. Resolves to the stored report, or null where it was refused. */
  flush: () => Promise<ReportView | null>;
}

/** Typing rests for this long before it is saved. */
const REST_MS = 900;

export function useDraft(path: string, loaded: ReportView): Draft {
  const [report, setReport] = useState(loaded.report);
  const [view, setView] = useState(loaded);
  const [error, setError] = useState<unknown>(null);
  const [state, setState] = useState<Draft['state']>('saved');
  // What the timer works on: the newest text and version, whichever drawing of the page it was made in.
  const newest = useRef({ report: loaded.report, saved: loaded.report, version: loaded.version });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef<Promise<ReportView | null>>(Promise.resolve(loaded));

  async function save(): Promise<ReportView | null> {
    const { report: typed, saved, version } = newest.current;
    if (typed === saved) return null;
    setState('saving');
    try {
      const stored = await api.put<ReportView>(path, { version, report: typed });
      newest.current = { ...newest.current, saved: typed, version: stored.version };
      setView(stored);
      setError(null);
      setState(newest.current.report === typed ? 'saved' : 'saving');
      return stored;
    } catch (failure) {
      setError(failure);
      setState('wrong');
      throw failure;
    }
  }

  /** One save at a time: each names the version that the one before it made. */
  function flush(): Promise<ReportView | null> {
    clearTimeout(timer.current);
    const next = running.current.catch(() => null).then(save);
    running.current = next;
    return next.catch(() => null);
  }

  useEffect(
    () => () => {
      // What was typed last is saved when the page is left.
      if (newest.current.report !== newest.current.saved) void flush();
    },
    [],
  );

  return {
    report,
    view,
    state,
    error,
    errors: error instanceof ApiProblem ? error.fields : {},
    change(part) {
      const changed = { ...newest.current.report, ...part };
      newest.current = { ...newest.current, report: changed };
      setReport(changed);
      setState('saving');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), REST_MS);
    },
    async flush() {
      const stored = await flush();
      if (newest.current.report !== newest.current.saved) return null;
      return stored ?? { ...view, version: newest.current.version };
    },
  };
}
