import mongoose from 'mongoose';
import { type Embedded, startEmbedded } from './embedded/start.ts';

export interface StorageOptions {
  /** A MongoDB to use. Without it the embedded database is started. */
  readonly mongodbUri?: string | undefined;
  /** Where the embedded database keeps its data. */
  readonly dataDir: string;
  /** Told in plain sentences what was started and what failed. */
  readonly log?: (line: string) => void;
  /**
   * Called once if the embedded database stops by itself, for instance because the disk is full. Nothing is served from
   * then on, so the process should end. The reason is logged before.
   */
  readonly onFailure?: (error: Error) => void;
  /** Name of the database in the embedded server. Default: tandem. */
  readonly database?: string;
}

/** The database of the application, whichever kind it is. */
export interface Storage {
  readonly connection: mongoose.Connection;
  readonly kind: 'embedded' | 'mongodb';
  close(): Promise<void>;
}

/** Filters never carry operators from outside, unknown fields are errors, and nothing waits for a lost connection. */
function setSafeDefaults(): void {
  mongoose.set('sanitizeFilter', true);
  mongoose.set('strictQuery', 'throw');
  mongoose.set('strict', 'throw');
  mongoose.set('bufferCommands', false);
}

const connectionOptions: mongoose.ConnectOptions = {
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  // For the metrics.
  monitorCommands: true,
  serverSelectionTimeoutMS: 5_000,
  socketTimeoutMS: 60_000,
  writeConcern: { w: 'majority', journal: true },
  retryWrites: true,
};

/** Connects mongoose to a MongoDB that is there already. */
export async function connectTo(uri: string): Promise<mongoose.Connection> {
  setSafeDefaults();
  const connection = mongoose.createConnection(uri, connectionOptions);
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/**
 * Opens the database: the MongoDB that is named, or else the embedded one in the data folder.
 * Throws with a plain sentence if it cannot be reached or the folder is in use.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { mongodbUri, log = () => undefined } = options;
  if (mongodbUri !== undefined && mongodbUri !== '') {
    const connection = await connectTo(mongodbUri);
    log(
      `Database: MongoDB at ${connection.host || 'the address in MONGODB_URI'}, database ${connection.name}.`,
    );
    return { connection, kind: 'mongodb', close: () => connection.close() };
  }
  const embedded = await startEmbedded({
    dataDir: options.dataDir,
    onFailure: (error) => {
      log(`The embedded database stopped: ${error.message}`);
      options.onFailure?.(error);
    },
  });
  log(
    `Database: embedded, data in ${options.dataDir}. It is meant for trying out, development, tests and one event on ` +
      'one machine (up to about 100,000 documents). Set MONGODB_URI for anything larger.',
  );
  return embeddedStorage(embedded, options.database ?? 'tandem');
}

async function embeddedStorage(embedded: Embedded, database: string): Promise<Storage> {
  const connection = await connectTo(embedded.uriOf(database));
  const close = async (): Promise<void> => {
    await connection.close();
    await embedded.close();
  };
  return { connection, kind: 'embedded', close };
}

/**
 * Builds the indexes of all registered models and checks that they are there. Call before listening: a unique index
 * that was not built protects nothing. Throws and names the index if one is missing or the data contradict it.
 */
export async function ensureIndexes(connection: mongoose.Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createIndexes();
    const { toCreate } = await model.diffIndexes();
    if (toCreate.length > 0) {
      const missing = toCreate.map((fields) => JSON.stringify(fields)).join(', ');
      throw new Error(`The collection ${model.collection.collectionName} lacks the index ${missing}.`);
    }
  }
}
