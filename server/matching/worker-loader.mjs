// A new thread runs plain JavaScript: this registers the TypeScript loader, however the process itself was started.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
