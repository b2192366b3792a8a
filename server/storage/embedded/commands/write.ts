import { type Doc, encode, fieldBytes, own, rawField, type Value, wrapElements } from '../bson.ts';
import type { Collection, Query, Row } from '../collection.ts';
import { CommandError, fail, show } from '../errors.ts';
import { compileUpdate, seedOf } from '../update.ts';
import { type Command, Fields } from './call.ts';

/** Runs the parts of a bulk write: an ordered one stops at the first error, an unordered one goes on. */
function each(fields: Fields, list: string, write: (item: Value, index: number) => void): Doc {
  const errors: Doc[] = [];
  for (const [index, item] of fields.list(list).entries()) {
    try {
      write(item, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      errors.push({ index, errmsg: error.message, ...error.info });
      if (fields.value('ordered') !== false) break;
    }
  }
  return errors.length > 0 ? { writeErrors: errors } : {};
}

const insert: Command = {
  fields: ['documents', 'ordered'],
  run(call) {
    const collection = call.obtain();
    let n = 0;
    const errors = each(call.fields, 'documents', (document) => {
      if (!(document instanceof Uint8Array)) return fail(14, "'documents' must hold documents");
      collection.insert(document);
      n++;
    });
    return { n, ...errors };
  },
};

/** One document that was changed, removed (no `after`) or inserted (no `before`). */
interface Changed {
  readonly before?: Row;
  readonly after?: Row;
}

/** Updates what the query finds; inserts if it finds nothing and `upsert` is set. */
function change(collection: Collection, query: Query, update: Value, upsert: boolean): Changed[] {
  const apply = compileUpdate(update);
  const changed = collection
    .find(query)
    .map((before) => ({ before, after: collection.replace(before, apply(before.doc, false)) }));
  if (changed.length > 0 || !upsert) return changed;
  return [{ after: collection.insert(encode(apply(seedOf(query.filter), true).doc)) }];
}

const update: Command = {
  fields: ['updates', 'ordered'],
  run(call) {
    const collection = call.obtain();
    let [n, nModified] = [0, 0];
    const upserted: Doc[] = [];
    const errors = each(call.fields, 'updates', (item, index) => {
      const one = new Fields(item, ['q', 'u', 'upsert', 'multi'], 'update.updates');
      const query = { ...one.query('q'), limit: one.flag('multi') ? 0 : 1 };
      for (const { before, after } of change(collection, query, one.value('u'), one.flag('upsert'))) {
        n++;
        if (!before) upserted.push({ index, _id: after && own(after.doc, '_id') });
        else if (before !== after) nModified++;
      }
    });
    return { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...errors };
  },
};

const remove: Command = {
  fields: ['deletes', 'ordered'],
  run({ fields, collection }) {
    let n = 0;
    const errors = each(fields, 'deletes', (item) => {
      const one = new Fields(item, ['q', 'limit'], 'delete.deletes');
      const limit = one.value('limit');
      if (limit !== 0 && limit !== 1)
        return fail(9, `The limit field in delete objects must be 0 or 1. Got ${show(limit)}`);
      const rows = collection?.find(one.query('q')) ?? [];
      for (const row of rows) collection?.remove(row);
      n += rows.length;
    });
    return { n, ...errors };
  },
};

function removeOne(collection: Collection, query: Query): Changed {
  const [before] = collection.find(query);
  if (!before) return {};
  collection.remove(before);
  return { before };
}

const findAndModify: Command = {
  fields: ['query', 'update', 'remove', 'new', 'upsert', 'sort'],
  run(call) {
    const { fields } = call;
    const [removing, updates] = [fields.flag('remove'), fields.value('update')];
    if (removing !== (updates === undefined)) fail(9, 'Either an update or remove=true must be specified');
    const query = { ...fields.query('query'), limit: 1 };
    const { before, after }: Changed = removing
      ? removeOne(call.obtain(), query)
      : (change(call.obtain(), query, updates, fields.flag('upsert'))[0] ?? {});
    const shown = fields.flag('new') ? after : before;
    const value = shown ? rawField('value', shown.bytes) : fieldBytes({ value: null });
    const upserted = before ? undefined : after && own(after.doc, '_id');
    const existing = removing ? {} : { updatedExisting: before !== undefined, upserted };
    const lastErrorObject: Doc = { n: before || after ? 1 : 0, ...existing };
    return wrapElements([fieldBytes({ lastErrorObject }), value, fieldBytes({ ok: 1 })]);
  },
};

export const writeCommands = { insert, update, delete: remove, findAndModify };
