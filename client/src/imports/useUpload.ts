import { useEffect, useRef, useState } from 'preact/hooks';
import type { ImportView } from '../../../server/imports/schema.ts';
import { ApiProblem, isAbort } from '../api/problem.ts';
import { sentenceOf } from '../components/feedback.tsx';
import { t } from '../strings/text.ts';
import { uploadFile } from './upload.ts';
import type { Upload } from './upload.ts';

const words = t.imports.upload;

export type UploadState =
  | { readonly kind: 'waiting' }
  /** `share`: how much has left this device, 0 to 1; from 1 on the server is checking. */
  | { readonly kind: 'sending'; readonly name: string; readonly share: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'refused'; readonly sentence: string };

/** Sends one file at a time to be checked; `onChecked` hears the result. */
export function useUpload(onChecked: (checked: ImportView) => void) {
  const [state, setState] = useState<UploadState>({ kind: 'waiting' });
  const running = useRef<Upload | null>(null);
  useEffect(() => () => running.current?.cancel(), []);

  const send = async (files: readonly File[], clusterId: string | null): Promise<void> => {
    const [file] = files;
    if (file === undefined || running.current !== null) return;
    const refusal = refusalOf(files, file);
    if (refusal !== null) {
      setState({ kind: 'refused', sentence: refusal });
      return;
    }
    setState({ kind: 'sending', name: file.name, share: 0 });
    const upload = uploadFile(file, {
      clusterId,
      onSent: (share) => {
        setState({ kind: 'sending', name: file.name, share });
      },
    });
    running.current = upload;
    try {
      onChecked(await upload.reply);
      setState({ kind: 'waiting' });
    } catch (error) {
      setState(isAbort(error) ? { kind: 'stopped' } : { kind: 'refused', sentence: uploadSentence(error) });
    } finally {
      running.current = null;
    }
  };
  return { state, send, cancel: () => running.current?.cancel() };
}

/** What this side can see without sending the file; null: nothing against it. */
function refusalOf(files: readonly File[], file: File): string | null {
  if (files.length > 1) return words.notOneFile;
  if (file.size === 0) return words.empty(file.name);
  if (/\.(xlsx?|xlsm|ods|numbers|pdf|docx?|zip)$/i.test(file.name)) return words.notCsv(file.name);
  return null;
}

/** Why the server did not take the file, and what to do. */
function uploadSentence(error: unknown): string {
  if (!(error instanceof ApiProblem)) return sentenceOf(error);
  if (error.status === 413) return words.tooLarge;
  if (error.status === 415) return words.notText;
  return sentenceOf(error);
}
