import { type Doc, decode, encode } from './bson.ts';
import { Collection, type CollectionInfo, dataPrefix, idIndex, queryOf } from './collection.ts';
import { fail } from './errors.ts';
import type { Store } from './store.ts';

const catalogPrefix = 'c';

function catalogKey(id: number): string {
  return catalogPrefix + id.toString(16).padStart(8, '0');
}

/** Reads back what `save` wrote; the store has checked the bytes. */
function infoOf(bytes: Uint8Array): CollectionInfo {
  return decode(bytes) as unknown as CollectionInfo;
}

/** Which collections there are, in memory and on disk. */
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
      const collection = new Collection(infoOf(bytes), store);
      await collection.load(store.entries(dataPrefix(collection.info.id)));
      catalog.collections.set(collection.namespace, collection);
      catalog.nextId = Math.max(catalog.nextId, collection.info.id + 1);
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
    if (/^\.|[\0$]/.test(name) || Buffer.byteLength(`${database}.${name}`) > 255)
      fail(73, `Invalid namespace specified '${database}.${name}'`);
    const collection = new Collection({ id: this.nextId++, database, name, indexes: [idIndex] }, this.store);
    this.collections.set(collection.namespace, collection);
    this.save(collection);
    return collection;
  }

  /** Writes the description of a collection, after its indexes changed too. */
  save({ info, indexes }: Collection): void {
    const specs = indexes.map(({ spec }): Doc => ({ ...spec }));
    this.store.put(catalogKey(info.id), encode({ ...info, indexes: specs }));
  }

  drop(collection: Collection): void {
    collection.clear();
    this.collections.delete(collection.namespace);
    this.store.del(catalogKey(collection.info.id));
  }

  /** The collections of one database, by name. */
  list(database: string): Collection[] {
    const all = [...this.collections.values()].filter(({ info }) => info.database === database);
    return all.sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
  }

  /** Removes what the TTL indexes say has expired: dates only, of an array the earliest one counts. */
  removeExpired(now: number): void {
    for (const collection of this.collections.values())
      for (const { spec } of collection.indexes) {
        const [field] = Object.keys(spec.key);
        if (spec.expireAfterSeconds === undefined || field === undefined) continue;
        const latest = new Date(now - spec.expireAfterSeconds * 1000);
        for (const row of collection.find(queryOf({ [field]: { $lte: latest } }))) collection.remove(row);
      }
  }
}
