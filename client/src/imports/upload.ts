import type { Problem } from '../../../server/http/schema.ts';
import type { ImportView } from '../../../server/imports/schema.ts';
import { ApiProblem, NetworkLost } from '../api/problem.ts';
import { apiUrl } from '../api/request.ts';

export interface Upload {
  /** Resolves to the checked import; rejects with an ApiProblem, a NetworkLost, or an AbortError after `cancel`. */
  readonly reply: Promise<ImportView>;
  readonly cancel: () => void;
}

/**
 * Sends a file as text/csv. By XMLHttpRequest, because `fetch` does not tell how much was sent.
 * `onSent` hears the share that has left this device, 0 to 1.
 */
export function uploadFile(
  file: File,
  options: { clusterId: string | null; onSent: (share: number) => void },
): Upload {
  const request = new XMLHttpRequest();
  const reply = new Promise<ImportView>((resolve, reject) => {
    request.open('POST', apiUrl('/imports', { clusterId: options.clusterId, fileName: file.name }));
    request.setRequestHeader('content-type', 'text/csv');
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onSent(event.loaded / event.total);
    };
    request.upload.onload = () => {
      options.onSent(1);
    };
    request.onload = () => {
      const answer = answerOf(request);
      if (answer instanceof ApiProblem) reject(answer);
      else resolve(answer);
    };
    request.onerror = () => {
      reject(new NetworkLost('No answer from the server.'));
    };
    request.onabort = () => {
      reject(new DOMException('The upload was stopped.', 'AbortError'));
    };
    request.send(file);
  });
  return {
    reply,
    cancel: () => {
      request.abort();
    },
  };
}

function answerOf(request: XMLHttpRequest): ImportView | ApiProblem {
  const type = request.getResponseHeader('content-type') ?? '';
  // The server's own contract: a 2xx is the reply schema of the route, problem+json is a Problem.
  if (request.status < 300 && type.includes('json')) return JSON.parse(request.responseText) as ImportView;
  if (type.includes('problem+json')) return new ApiProblem(JSON.parse(request.responseText) as Problem);
  const title = request.statusText || String(request.status);
  return new ApiProblem({ type: 'about:blank', title, status: request.status, code: 'unknown' });
}
