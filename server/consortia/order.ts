import { byTime } from '../http/by-time.ts';
import type { ConsortiumRecord } from './model.ts';

/** Consortia by the time they were proposed. */
export const BY_CREATION = byTime<ConsortiumRecord>('createdAt', ({ createdAt }) => createdAt);
