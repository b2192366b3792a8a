// A new thread runs plain JavaScript: this registers the TypeScript loader, however the process itself was started.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.entry);
