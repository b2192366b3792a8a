import { type Doc, encodeReply, isDoc, own, type Raw, type Value } from '../bson.ts';
import type { Collection, Row } from '../collection.ts';
import { CommandError, fail, show } from '../errors.ts';
import { compileFilter } from '../match.ts';
import { compileProjection } from '../project.ts';
import { sorter, sortOf } from '../sort.ts';
import { compileUpdate, type Update } from '../update.ts';
import type { Request } from '../wire.ts';
import {
  collectionName,
  type Command,
  type Context,
  docField,
  listField,
  refuseCollation,
} from './context.ts';

const maxBatch = 100_000;

/** Runs the parts of a bulk write: an ordered one stops at the first error, an unordered one goes on. */
function each<T>(request: Request, items: readonly T[], write: (item: T, index: number) => void): Doc[] {
  if (items.length === 0 || items.length > maxBatch)
    fail(16, `Write batch sizes must be between 1 and ${maxBatch}. Got ${items.length} operations.`);
  const errors: Doc[] = [];
  for (const [index, item] of items.entries()) {
    try {
      write(item, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      errors.push({ index, code: error.code, errmsg: error.message, ...error.info });
      if (own(request.body, 'ordered') !== false) break;
    }
  }
  return errors;
}

function withErrors(reply: Doc, errors: readonly Doc[]): Doc {
  return errors.length > 0 ? { ...reply, writeErrors: [...errors] } : reply;
}

function target(request: Request, { catalog }: Context): Collection {
  return catalog.obtain(request.database, collectionName(request));
}

const insert: Command = {
  fields: ['documents', 'ordered', 'bypassDocumentValidation'],
  run(request, context) {
    const collection = target(request, context);
    let n = 0;
    const errors = each(request, request.documents, (document) => {
      collection.insert(document);
      n++;
    });
    return withErrors({ n }, errors);
  },
};

function refuseUnknown(item: Doc, known: readonly string[], command: string): void {
  const unknown = Object.keys(item).find((name) => !known.includes(name));
  if (unknown) fail(40415, `BSON field '${command}.${unknown}' is an unknown field.`);
  refuseCollation(item);
}

const updateFields = ['q', 'u', 'upsert', 'multi', 'arrayFilters', 'collation', 'sort'];

interface UpdateResult {
  readonly matched: number;
  readonly modified: number;
  readonly upserted?: Row;
}

function updateOne(collection: Collection, item: Value): UpdateResult {
  if (!isDoc(item)) return fail(14, "BSON field 'update.updates' must hold objects");
  refuseUnknown(item, updateFields, 'update.updates');
  const [filter, multi] = [docField(item, 'q'), own(item, 'multi') === true];
  const update = compileUpdate(own(item, 'u'), own(item, 'arrayFilters'), multi);
  const sort = sortOf(own(item, 'sort'));
  if (multi && sort) fail(9, 'Cannot specify sort with multi=true');
  const rows = collection.find({ filter, sort, limit: multi ? 0 : 1 });
  if (rows.length === 0 && own(item, 'upsert') === true)
    return { matched: 0, modified: 0, upserted: collection.upsert(update, filter) };
  const modified = rows.filter((row) => collection.update(row, update, filter) !== row).length;
  return { matched: rows.length, modified };
}

const update: Command = {
  fields: ['updates', 'ordered', 'bypassDocumentValidation'],
  run(request, context) {
    const collection = target(request, context);
    let [n, nModified] = [0, 0];
    const upserted: Doc[] = [];
    const errors = each(request, listField(request.body, 'updates'), (item, index) => {
      const result = updateOne(collection, item);
      n += result.matched + (result.upserted ? 1 : 0);
      nModified += result.modified;
      if (result.upserted) upserted.push({ index, _id: own(result.upserted.doc, '_id') });
    });
    return withErrors(upserted.length > 0 ? { n, upserted, nModified } : { n, nModified }, errors);
  },
};

const remove: Command = {
  fields: ['deletes', 'ordered'],
  run(request, context) {
    const collection = context.catalog.find(request.database, collectionName(request));
    let n = 0;
    const errors = each(request, listField(request.body, 'deletes'), (item) => {
      if (!isDoc(item)) return fail(14, "BSON field 'delete.deletes' must hold objects");
      refuseUnknown(item, ['q', 'limit', 'collation'], 'delete.deletes');
      const limit = own(item, 'limit');
      if (limit !== 0 && limit !== 1)
        return fail(9, `The limit field in delete objects must be 0 or 1. Got ${show(limit)}`);
      const filter = docField(item, 'q');
      compileFilter(filter);
      const rows = collection?.find({ filter, limit }) ?? [];
      for (const row of rows) collection?.remove(row);
      n += rows.length;
    });
    return withErrors({ n }, errors);
  },
};

/** What findAndModify did: the document before and after, as far as there is one. */
interface Modified {
  readonly before?: Row | undefined;
  readonly after?: Row | undefined;
  readonly inserted?: boolean;
}

function modify(collection: Collection, body: Doc, change: Update | 'remove'): Modified {
  const filter = docField(body, 'query');
  const sort = sortOf(own(body, 'sort'));
  if (sort) sorter(sort);
  const [row] = collection.find({ filter, sort, limit: 1 });
  if (change === 'remove') {
    if (row) collection.remove(row);
    return { before: row };
  }
  if (row) return { before: row, after: collection.update(row, change, filter) };
  return own(body, 'upsert') === true ? { after: collection.upsert(change, filter), inserted: true } : {};
}

const findAndModify: Command = {
  fields: [
    'query',
    'update',
    'remove',
    'new',
    'upsert',
    'sort',
    'fields',
    'arrayFilters',
    'collation',
    'bypassDocumentValidation',
  ],
  run(request, context) {
    const { body } = request;
    refuseCollation(body);
    const removing = own(body, 'remove') === true;
    if (removing === (own(body, 'update') !== undefined))
      fail(9, 'Either an update or remove=true must be specified');
    if (removing && own(body, 'new') === true) fail(9, 'Cannot specify both new=true and remove=true');
    const change = removing ? 'remove' : compileUpdate(own(body, 'update'), own(body, 'arrayFilters'), false);
    const fields = docField(body, 'fields');
    const project = Object.keys(fields).length > 0 ? compileProjection(fields) : undefined;
    const result = modify(target(request, context), body, change);
    const shown = own(body, 'new') === true ? result.after : result.before;
    return encodeReply({
      lastErrorObject: lastError(result, removing),
      value: shownValue(shown, project),
      ok: 1,
    });
  },
};

function lastError({ before, after, inserted }: Modified, removing: boolean): Doc {
  const n = before || inserted ? 1 : 0;
  if (removing) return { n };
  const report: Doc = { n, updatedExisting: before !== undefined };
  return inserted && after ? { ...report, upserted: own(after.doc, '_id') } : report;
}

function shownValue(row: Row | undefined, project: ((doc: Doc) => Doc) | undefined): Value | Raw {
  if (!row) return null;
  return project ? project(row.doc) : { rawType: 3, bytes: row.bytes };
}

export const writeCommands: Readonly<Record<string, Command>> = {
  insert,
  update,
  delete: remove,
  findAndModify,
};
