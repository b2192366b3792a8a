import { restOfTask } from '../rest-of-task.ts';

/**
 * One read at a time, however many ask. Who asks while a read is under way shares the next one with all others who do, as the one under way may
 * have begun before a change that the asker knows of; so do all who ask within one task of the event loop. Where many ask at once, as after a
 * stall, the work stays that of two reads.
 */
export function sharedNext<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;

  async function begin(): Promise<T> {
    await underWay;
    await restOfTask();
    next = null;
    const reading = read();
    // Its own askers are told of its failure.
    underWay = reading.catch(() => undefined);
    return reading;
  }

  return () => (next ??= begin());
}
