import { readReferenceFile } from '../reference/reference-file.ts';
import { processingRecordSchema, type ProcessingRecord } from './schema.ts';

/** `server/reference/record-of-processing.json`. */
export function loadProcessingRecord(): ProcessingRecord {
  return readReferenceFile('record-of-processing.json', processingRecordSchema);
}
