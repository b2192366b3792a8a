/** Which collections there are, in memory and on disk. */
import { type Doc, decode, encode, isDoc, own, type Value } from './bson.ts';
import { Collection, type CollectionInfo, dataPrefix, idIndex } from './collection.ts';
import { fail } from './errors.ts';
import type { IndexSpec } from './sorted-index.ts';
import type { Store } from './store.ts';

const catalogPrefix = 'c';

function catalogKey(id: number): string {
  return catalogPrefix + id.toString(16).padStart(8, '0');
}

export class Catalog {
  private readonly store: Store;
  private readonly collections = new Map<string, Collection>();
  private nextId = 1;

  private constructor(store: Store) {
    this.store = store;
  }

  /** Reads everything that is on disk. */
  static async load(store: Store): Promise<Catalog> {
    const catalog = new Catalog(store);
    for await (const [, bytes] of store.entries(catalogPrefix)) {
      const collection = new Collection(infoOf(decode(bytes)), store);
      const rows: { key: string; bytes: Uint8Array }[] = [];
      for await (const [key, value] of store.entries(dataPrefix(collection.id)))
        rows.push({ key, bytes: value });
      collection.load(rows);
      catalog.collections.set(collection.namespace, collection);
      catalog.nextId = Math.max(catalog.nextId, collection.id + 1);
    }
    return catalog;
  }

  find(database: string, name: string): Collection | undefined {
    return this.collections.get(`${database}.${name}`);
  }

  /** The collection, made if it is missing. */
  obtain(database: string, name: string): Collection {
    const found = this.find(database, name);
    if (found) return found;
    checkName(database, name);
    const collection = new Collection({ id: this.nextId++, database, name, indexes: [idIndex] }, this.store);
    this.collections.set(collection.namespace, collection);
    this.save(collection);
    return collection;
  }

  /** Writes the description of a collection after its indexes changed. */
  save(collection: Collection): void {
    const { id, database, name, indexes } = collection;
    const specs = indexes.map(({ spec }): Doc => ({ ...spec }));
    this.store.put(catalogKey(id), encode({ id, database, name, indexes: specs }));
  }

  drop(collection: Collection): void {
    collection.clear();
    this.collections.delete(collection.namespace);
    this.store.del(catalogKey(collection.id));
  }

  /** The collections of one database, or of all, by name. */
  list(database?: string): Collection[] {
    const all = [...this.collections.values()].filter(
      (one) => database === undefined || one.database === database,
    );
    return all.sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
  }
}

function checkName(database: string, name: string): void {
  if (name === '' || name.includes('\0') || name.startsWith('.') || name.includes('$'))
    fail(73, `Invalid namespace specified '${database}.${name}'`);
  if (Buffer.byteLength(`${database}.${name}`) > 255)
    fail(73, `Fully qualified namespace is too long: ${name}`);
}

/** What this class wrote is read back; anything else means a damaged folder. */
function infoOf(doc: Doc): CollectionInfo {
  const [id, database, name, indexes] = ['id', 'database', 'name', 'indexes'].map((field) => own(doc, field));
  if (
    typeof id !== 'number' ||
    typeof database !== 'string' ||
    typeof name !== 'string' ||
    !Array.isArray(indexes)
  )
    throw new Error('The data folder is damaged: a collection has no readable description.');
  return { id, database, name, indexes: indexes.map(indexOf) };
}

function indexOf(value: Value): IndexSpec {
  const doc = isDoc(value) ? value : {};
  const [key, name, expires] = [own(doc, 'key'), own(doc, 'name'), own(doc, 'expireAfterSeconds')];
  if (!isDoc(key) || typeof name !== 'string')
    throw new Error('The data folder is damaged: an index has no readable key.');
  return {
    key,
    name,
    unique: own(doc, 'unique') === true,
    sparse: own(doc, 'sparse') === true,
    ...(typeof expires === 'number' ? { expireAfterSeconds: expires } : {}),
  };
}
