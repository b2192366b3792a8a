import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type {
  WeightsPairsPreview,
  WeightsPreview,
  WeightsVersion,
  WeightsView,
  WeightValues,
} from '../../../server/weights/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { holdLeaving } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure, Notice, Show } from '../components/feedback.tsx';
import { useForm } from '../components/form.tsx';
import { formatSpan } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { filterValue, filterValues } from '../directory/filters.tsx';
import { onEvent, onReload, progressByTask } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { History, HISTORY_FILTERS } from './History.tsx';
import { LearnPanel } from './LearnPanel.tsx';
import { PairsPreviewPanel } from './PairsPreviewPanel.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { SaveDialog } from './SaveDialog.tsx';
import { ShareBars, Sliders } from './Sliders.tsx';
import { usePreview } from './usePreview.ts';
import { allZero, sameValues, untouchedOf } from './values.ts';
import '../partners/partners.css';
import './weights.css';

/** The weights: sliders with a preview of what they would do, saving with a note, and the history with a way back. */
export function WeightsPage(_props: PageProps) {
  const weights = useLoad<WeightsView>('/weights');
  const history = usePages<WeightsVersion>('/weights/history', {
    ...filterValues(HISTORY_FILTERS),
    sort: filterValue('sort'),
  });
  const reload = (): void => {
    weights.reload();
    history.reload();
  };
  useEffect(() => {
    const stops = [onEvent('weights', reload), onReload(reload)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [weights.reload, history.reload]);
  return (
    <>
      <PageHeading title={t.shell.pages.weights} lead={t.weights.lead} />
      <Show of={weights}>
        {(inForce) => (
          <Desk
            inForce={inForce}
            onChanged={reload}
            history={(use) => <History pages={history} inForce={inForce.version} onUse={use} />}
          />
        )}
      </Show>
    </>
  );
}

/** Sliders, preview and history around one set of values that is not saved yet. */
function Desk(props: {
  inForce: WeightsView;
  onChanged: () => void;
  history: (use: (values: WeightValues) => void) => ComponentChildren;
}) {
  const { inForce } = props;
  const [values, setValues] = useState(inForce.values);
  const [saving, setSaving] = useState(false);
  const [preview, lists] = usePreview<WeightsPreview>('/weights/preview');
  const [pairs, pairsRunner] = usePreview<WeightsPairsPreview>('/weights/preview/pairs');
  const runners = [lists, pairsRunner];
  const { overtaken, settle, own } = useOvertaken(inForce, values, setValues);
  const changed = !sameValues(values, inForce.values);
  useLeavingHeld(changed);

  const move = (next: WeightValues): void => {
    setValues(next);
    const nothing = sameValues(next, inForce.values) || allZero(next);
    for (const runner of runners) {
      if (nothing) runner.clear();
      else runner.ask(next);
    }
  };
  /** Values from further down, shown where they are tried. */
  const show = (next: WeightValues): void => {
    move(next);
    scrollTo({ top: 0 });
  };
  const arrived = (weights: WeightsView, words: string): void => {
    own(weights.version);
    setValues(weights.values);
    for (const runner of runners) runner.clear();
    announce(words);
    props.onChanged();
  };
  const undo = useForm(async () => {
    const question = {
      title: t.weights.undo.title,
      body: <p>{t.weights.undo.body(inForce.version)}</p>,
      action: t.weights.undo.submit,
    };
    if (!(await askConfirm(question))) return;
    const weights = await api.post<WeightsView>('/weights/undo', { baseVersion: inForce.version });
    arrived(weights, t.weights.undo.done(weights.version));
  });
  const finished =
    preview.kind === 'done' && sameValues(preview.preview.values, values) ? preview.preview : null;

  return (
    <div class="weights">
      <section class="card weights-desk" aria-label={t.shell.pages.weights}>
        <p class="fine">
          {t.weights.inForce(inForce.version, inForce.by ?? t.weights.software, formatSpan(inForce.at))}
        </p>
        {overtaken !== null && (
          <Overtaken
            by={overtaken}
            onLoad={() => {
              settle();
              move(overtaken.values);
            }}
            onKeep={() => {
              settle();
              move(values);
            }}
          />
        )}
        <ShareBars values={values} inForce={changed ? inForce.values : null} />
        <Sliders values={values} inForce={inForce.values} onChange={move} />
        {allZero(values) && <p class="field-error">{t.weights.allZero}</p>}
        {finished !== null && (
          <p class="number">
            {t.weights.preview.split(finished.listsChanged, finished.listsReordered, untouchedOf(finished))}.
          </p>
        )}
        {undo.error !== null && <Failure error={undo.error} />}
        <div class="actions weights-actions">
          <Button
            kind="primary"
            disabled={!changed || allZero(values)}
            onClick={() => {
              setSaving(true);
            }}
          >
            {t.weights.save}
          </Button>
          <Button
            disabled={!changed}
            onClick={() => {
              move(inForce.values);
            }}
          >
            {t.weights.reset}
          </Button>
          {inForce.version > 1 && (
            <Button kind="quiet" busy={undo.busy} onClick={() => void undo.submit()}>
              {t.weights.undo.action}
            </Button>
          )}
        </div>
      </section>
      <div class="stack">
        <PreviewPanel
          state={preview}
          progress={progressByTask.value.get(`preview:${currentUser().id}`)}
          onStop={lists.stop}
          onAgain={() => {
            lists.ask(values);
          }}
        />
        <PairsPreviewPanel
          state={pairs}
          progress={progressByTask.value.get(`preview-pairs:${currentUser().id}`)}
          onStop={pairsRunner.stop}
          onAgain={() => {
            pairsRunner.ask(values);
          }}
        />
      </div>
      <LearnPanel onUse={show} />
      {props.history(show)}
      {saving && (
        <SaveDialog
          baseVersion={inForce.version}
          values={values}
          preview={finished}
          onSaved={(weights) => {
            setSaving(false);
            arrived(weights, t.weights.saving.done(weights.version));
          }}
          onConflict={() => {
            setSaving(false);
            props.onChanged();
          }}
          onClose={() => {
            setSaving(false);
          }}
        />
      )}
    </div>
  );
}

/**
 * Notices when somebody else's weights come into force while values here are not saved: those stay, and the reader is told. Where
 * nothing is unsaved, the sliders just follow.
 */
function useOvertaken(inForce: WeightsView, values: WeightValues, follow: (values: WeightValues) => void) {
  const base = useRef(inForce);
  const [overtaken, setOvertaken] = useState<WeightsView | null>(null);
  useEffect(() => {
    const before = base.current;
    if (before.version === inForce.version) return;
    base.current = inForce;
    if (sameValues(values, before.values)) follow(inForce.values);
    else if (!sameValues(values, inForce.values)) setOvertaken(inForce);
  }, [inForce.version]);
  return {
    overtaken: overtaken !== null && !sameValues(values, overtaken.values) ? overtaken : null,
    settle: () => {
      setOvertaken(null);
    },
    /** The next version comes from this page itself. */
    own: (version: number) => {
      base.current = { ...base.current, version };
      setOvertaken(null);
    },
  };
}

function Overtaken(props: { by: WeightsView; onLoad: () => void; onKeep: () => void }) {
  const { by } = props;
  const words = t.weights.conflict;
  return (
    <Notice kind="warning" alert title={words.title}>
      <p>{words.body(by.by ?? t.weights.somebody, formatSpan(by.at), by.version)}</p>
      <div class="actions">
        <Button small onClick={props.onLoad}>
          {words.load}
        </Button>
        <Button small onClick={props.onKeep}>
          {words.keep}
        </Button>
      </div>
    </Notice>
  );
}

/** Asks before the page is left while values are not saved. */
function useLeavingHeld(changed: boolean): void {
  useEffect(() => {
    if (!changed) return undefined;
    const { title, body, leave, stay } = t.common.unsaved;
    return holdLeaving(() => askConfirm({ title, body: <p>{body}</p>, action: leave, cancel: stay }));
  }, [changed]);
}
