import { t } from '../strings/text.ts';

/** Where the data of imported companies come from; `source` is the profile's own line where it has one. */
export function SourceLine({ source = t.shell.footer.source }: { source?: string }) {
  return <p class="fine source-line">{source}</p>;
}
