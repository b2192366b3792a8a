import { useId, useState } from 'preact/hooks';
import type { ImportView } from '../../../server/imports/schema.ts';
import { apiUrl } from '../api/request.ts';
import { navigate } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { Button } from '../components/Button.tsx';
import { Notice } from '../components/feedback.tsx';
import { SelectField } from '../components/fields.tsx';
import { Icon } from '../components/Icon.tsx';
import { useClusterChoices } from '../directory/filters.tsx';
import { progressByTask } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { useUpload } from './useUpload.ts';
import type { UploadState } from './useUpload.ts';

const words = t.imports.upload;

/** Where a file is chosen or dropped, and how far its check is. */
export function UploadCard({ clusterId: wanted }: { clusterId: string }) {
  const user = currentUser();
  const [clusterId, setClusterId] = useState(user.clusterId ?? wanted);
  const { state, send, cancel } = useUpload((checked: ImportView) => {
    void navigate(`/imports/${checked.id}`);
  });
  return (
    <section class="card upload" aria-labelledby="upload-title">
      <div class="card-head">
        <h2 id="upload-title">{words.title}</h2>
        <a class="upload-template" href={apiUrl('/imports/template.csv')} download>
          {words.template}
        </a>
      </div>
      {user.role === 'staff' && <ClusterChoice value={clusterId} onChange={setClusterId} />}
      {state.kind === 'sending' ? (
        <Sending state={state} onCancel={cancel} />
      ) : (
        <DropZone onFiles={(files) => void send(files, clusterId === '' ? null : clusterId)} />
      )}
      {state.kind === 'stopped' && (
        <Notice>
          <p role="status">{words.cancelled}</p>
        </Notice>
      )}
      {state.kind === 'refused' && (
        <Notice kind="bad" alert title={words.refused}>
          <p>{state.sentence}</p>
        </Notice>
      )}
    </section>
  );
}

function ClusterChoice(props: { value: string; onChange: (id: string) => void }) {
  const choices = useClusterChoices(words.clusterOfFile);
  return (
    <SelectField
      label={words.cluster}
      hint={words.clusterHint}
      name="clusterId"
      value={props.value}
      choices={choices}
      onChange={props.onChange}
    />
  );
}

function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    <div
      class={over ? 'drop-zone drop-zone-over' : 'drop-zone'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <Icon name="imports" />
      <p class="drop-words">{over ? words.dropNow : words.drop}</p>
      <input
        id={id}
        class="visually-hidden"
        type="file"
        accept=".csv,text/csv"
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // Emptied, so that the same file, corrected, can be chosen again.
          event.currentTarget.value = '';
          onFiles(files);
        }}
      />
      <label class="button button-primary" for={id}>
        {words.choose}
      </label>
      <p class="fine" id={`${id}-hint`}>
        {words.hint}
      </p>
    </div>
  );
}

function Sending(props: { state: Extract<UploadState, { kind: 'sending' }>; onCancel: () => void }) {
  const { name, share } = props.state;
  const check = [...progressByTask.value.values()].findLast((progress) =>
    progress.task.startsWith('import:'),
  );
  const checking = share >= 1 || check !== undefined;
  const title = checking ? words.checking(name) : words.sending(name);
  const known = checking ? check !== undefined && check.total > 0 : true;
  const value = checking ? (check?.done ?? 0) : Math.round(share * 100);
  return (
    <div class="upload-running">
      <p class="label" role="status">
        {title}
      </p>
      <progress
        class="meter"
        aria-label={title}
        {...(known ? { value, max: checking ? (check?.total ?? 1) : 100 } : {})}
      />
      <p class="fine number">
        {checking ? words.checked(check?.done ?? 0, check?.total ?? 0) : words.sent(Math.round(share * 100))}
      </p>
      <Button onClick={props.onCancel}>{words.cancel}</Button>
    </div>
  );
}
