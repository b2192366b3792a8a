/** The disk side: a LevelDB folder, written in batches. Memory holds the same data; this is read only at start. */
import { ClassicLevel } from 'classic-level';
import { errorText } from '../error-text.ts';

type Operation = { type: 'put'; key: string; value: Uint8Array } | { type: 'del'; key: string };

const formatKey = 'format';
/** With 2 came patches: small changes of large documents. What has none reads the same. */
const format = '2';
const readable = ['1', format];

/** Collects writes and puts them on disk in batches: all commands of one turn of the event loop share a batch. */
export class Store {
  private readonly level: ClassicLevel<string, Uint8Array>;
  private readonly onFailure: (error: Error) => void;
  private pending: Operation[] = [];
  private writing: Promise<void> | undefined;
  private failure: Error | undefined;

  private constructor(level: ClassicLevel<string, Uint8Array>, onFailure: (error: Error) => void) {
    this.level = level;
    this.onFailure = onFailure;
  }

  /** Opens the folder, or creates it. Throws with a plain sentence if another process has it, or if it is not readable. */
  static async open(folder: string, onFailure: (error: Error) => void): Promise<Store> {
    const encodings = { keyEncoding: 'utf8', valueEncoding: 'view' } as const;
    const level = new ClassicLevel<string, Uint8Array>(folder, encodings);
    try {
      await level.open();
    } catch (error) {
      const why = isLocked(error)
        ? 'is in use by another process. Stop it first, or choose another folder.'
        : `cannot be opened: ${errorText(error)}`;
      throw new Error(`The data folder ${folder} ${why}`, { cause: error });
    }
    const found = await level.get(formatKey);
    const written = found && Buffer.from(found).toString();
    if (written === undefined || (written !== format && readable.includes(written))) {
      await level.put(formatKey, Buffer.from(format), { sync: true });
    } else if (written !== format) {
      await level.close();
      throw new Error(`The data folder ${folder} is of another version; this one reads format ${format}.`);
    }
    return new Store(level, onFailure);
  }

  /** All entries whose key begins with the prefix, in the order of the keys. */
  entries(prefix: string): AsyncIterable<[string, Uint8Array]> {
    return this.level.iterator({ gte: prefix, lt: `${prefix}~`, highWaterMarkBytes: 1 << 20 });
  }

  put(key: string, value: Uint8Array): void {
    this.pending.push({ type: 'put', key, value });
  }

  del(key: string): void {
    this.pending.push({ type: 'del', key });
  }

  /** Resolves when everything that was written up to now is on disk. Rejects once a batch has failed. */
  async flush(): Promise<void> {
    await this.writing;
    if (this.pending.length > 0 && !this.failure)
      await (this.writing ??= this.write().finally(() => (this.writing = undefined)));
    if (this.failure) throw this.failure;
  }

  private async write(): Promise<void> {
    // let the other commands of this turn join the batch
    await new Promise((resolve) => setImmediate(resolve));
    const batch = this.pending;
    this.pending = [];
    try {
      await this.level.batch(batch, { sync: true });
    } catch (error) {
      this.failure = new Error(`Writing to disk failed: ${errorText(error)}`, { cause: error });
      this.onFailure(this.failure);
    }
  }

  /** Writes what is left and closes the folder. */
  async close(): Promise<void> {
    await this.flush().finally(() => this.level.close());
  }
}

function isLocked(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'LEVEL_LOCKED';
}
