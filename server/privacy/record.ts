import { z } from 'zod';
import { readReferenceFile } from '../reference/reference-file.ts';

const activitySchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  purpose: z.string(),
  /** Legal basis. */
  basis: z.string(),
  people: z.string(),
  data: z.string(),
  recipients: z.string(),
  /** Ids of rules of retention.json. */
  retention: z.array(z.string()),
  since: z.iso.date(),
});

/** The record of processing activities, GDPR article 30. */
export const processingRecordSchema = z.strictObject({
  source: z.string(),
  since: z.iso.date(),
  controller: z.string(),
  contact: z.string(),
  activities: z.array(activitySchema),
  transfers: z.string(),
  measures: z.array(z.string()),
});
export type ProcessingRecord = z.infer<typeof processingRecordSchema>;

/** `server/reference/record-of-processing.json`. */
export function loadProcessingRecord(): ProcessingRecord {
  return readReferenceFile('record-of-processing.json', processingRecordSchema);
}
