import { createHash } from 'node:crypto';
import type { HashText } from '../../matching/run-log.ts';

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
export const sha256: HashText = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
