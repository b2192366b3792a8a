import { useEffect, useRef, useState } from 'preact/hooks';
import type { SmeView } from '../../../server/smes/schema.ts';
import { ApiProblem } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { holdLeaving } from '../app/router.ts';
import { askConfirm } from '../components/confirm.tsx';
import { useForm } from '../components/form.tsx';
import { onEvent } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { draftOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { edited } from './edit.ts';
import type { Edit } from './edit.ts';
import { inputOf } from './input.ts';
import { isChanged, rebase } from './rebase.ts';

export type OwnSme = SmeView & { own: NonNullable<SmeView['own']> };
const { unsaved } = t.common;

/** Today in the reader's own calendar, ISO 8601. */
export function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Asks before a page with unsaved changes is left. */
export function useHoldWhile(changed: boolean): void {
  useEffect(() => {
    if (!changed) return undefined;
    return holdLeaving(() =>
      askConfirm({
        title: unsaved.title,
        body: unsaved.body,
        action: unsaved.leave,
        cancel: unsaved.stay,
      }),
    );
  }, [changed]);
}

/**
 * The form of one stored profile: what is typed, saving with the version it was read at, and coming to terms with a newer version that
 * somebody else saved meanwhile.
 */
export function useEditor(sme: OwnSme, onSaved: (sme: OwnSme) => void) {
  const path = `/smes/${encodeURIComponent(sme.id)}`;
  const [stored, setStored] = useState(sme);
  const [day] = useState(today);
  const base = draftOf(stored, stored.own, day);
  const [draft, setDraft] = useState<Draft>(base);
  const [newer, setNewer] = useState(false);
  const [both, setBoth] = useState<readonly (keyof Draft)[]>([]);
  const changed = isChanged(base, draft);
  const latest = useRef({ changed, version: stored.own.version });
  latest.current = { changed, version: stored.own.version };
  useHoldWhile(changed);

  const take = (next: OwnSme) => {
    setStored(next);
    setDraft(draftOf(next, next.own, day));
    setNewer(false);
    setBoth([]);
  };
  const form = useForm(async () => {
    const { input } = inputOf(draft);
    try {
      const saved = await api.put<OwnSme>(path, input, {
        headers: { 'If-Match': `"${stored.own.version}"` },
      });
      take(saved);
      onSaved(saved);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 412) setNewer(true);
      else throw error;
    }
  });
  /** Reads the newer version and puts what was typed on top of it. */
  const loadNewer = useForm(async () => {
    const next = await api.get<OwnSme>(path);
    const merged = rebase(base, draft, draftOf(next, next.own, day));
    setStored(next);
    setDraft(merged.draft);
    setBoth(merged.both);
    setNewer(false);
  });

  useEffect(
    () =>
      onEvent('profile', (event) => {
        const known = latest.current;
        if (event.smeId !== sme.id || event.version <= known.version) return;
        if (known.changed) setNewer(true);
        else
          api.get<OwnSme>(path).then(take, () => {
            setNewer(true);
          });
      }),
    [sme.id],
  );

  const edit: Edit = (change, ...marks) => {
    setDraft((before) => edited(before, change, marks));
  };
  const save = () => {
    const { errors } = inputOf(draft);
    if (Object.keys(errors).length > 0) form.refuse(errors);
    else void form.submit();
  };
  const discard = () => {
    setDraft(base);
    form.clear();
  };
  return { stored, base, draft, changed, edit, form, save, discard, newer, loadNewer, both };
}
