import { Decimal128, Long, Timestamp } from 'bson';
import type { RefusalCase } from './cases.ts';

const c = '$collection';
const find = (filter: object, options: object = {}): object => ({ find: c, filter, ...options });
const update = (u: object, options: object = {}): object => ({
  update: c,
  updates: [{ q: {}, u, ...options }],
});
const upsert = (q: object): object => ({ update: c, updates: [{ q, u: { $set: { z: 1 } }, upsert: true }] });
const aggregate = (...pipeline: object[]): object => ({ aggregate: c, pipeline, cursor: {} });
const group = (fields: object): object => aggregate({ $group: { _id: null, ...fields } });
const index = (key: object, options: object = {}): object => ({
  createIndexes: c,
  indexes: [{ key, name: 'x', ...options }],
});

const filters: Readonly<Record<string, object>> = {
  $nor: { $nor: [{ a: 1 }] },
  $not: { a: { $not: { $gt: 1 } } },
  $all: { a: { $all: [1] } },
  $elemMatch: { a: { $elemMatch: { b: 1 } } },
  $size: { a: { $size: 1 } },
  $type: { a: { $type: 'string' } },
  $mod: { a: { $mod: [2, 0] } },
  $comment: { $comment: 'x' },
  $where: { $where: 'true' },
  $text: { $text: { $search: 'x' } },
  $expr: { $expr: { $eq: [1, 1] } },
  $near: { a: { $near: [1, 1] } },
  'an operator that does not exist': { a: { $nope: 1 } },
  'a regular expression in $in': { a: { $in: [/x/] } },
  'a regular expression in $eq': { a: { $eq: /x/ } },
  'a regular expression in $ne': { a: { $ne: /x/ } },
  'a regular expression in $gt': { a: { $gt: /x/ } },
  'the option x': { a: { $regex: 'x', $options: 'x' } },
  'PCRE syntax that JavaScript reads differently': { a: { $regex: '\\Aabc' } },
  '$exists with a number': { a: { $exists: 1 } },
  'a decimal': { a: Decimal128.fromString('1.5') },
  'a 64-bit integer beyond 2^53': { a: Long.fromString('9007199254740993') },
  'a timestamp': { a: new Timestamp({ t: 1, i: 1 }) },
};

const updates: Readonly<Record<string, object>> = {
  $mul: { $mul: { a: 2 } },
  $min: { $min: { a: 2 } },
  $max: { $max: { a: 2 } },
  $rename: { $rename: { a: 'b' } },
  $pop: { $pop: { a: 1 } },
  $bit: { $bit: { a: { and: 1 } } },
  $currentDate: { $currentDate: { a: true } },
  'an update operator that does not exist': { $nope: { a: 1 } },
  '$position in $push': { $push: { a: { $each: [1], $position: 0 } } },
  '$slice in $push': { $push: { a: { $each: [1], $slice: 2 } } },
  '$sort in $push': { $push: { a: { $each: [1], $sort: 1 } } },
  '$pull by operators': { $pull: { a: { $gt: 1 } } },
  '$pull by fields': { $pull: { a: { b: 1 } } },
  'the matched position': { $set: { 'a.$': 1 } },
  'all positions': { $set: { 'a.$[].b': 1 } },
  'filtered positions': { $set: { 'a.$[x].b': 1 } },
  'a replacement': { a: 1 },
  'an update pipeline': [{ $set: { a: 1 } }],
};

/** Commands by what they ask for. */
const commands: Readonly<Record<string, object>> = {
  ...Object.fromEntries(Object.entries(filters).map(([name, filter]) => [name, find(filter)])),
  'a projection by an expression': find({}, { projection: { a: { $add: [1, 2] } } }),
  'a projection inside of a field': find({}, { projection: { 'a.b': 1 } }),
  'a projection of $slice': find({}, { projection: { a: { $slice: 1 } } }),
  'a sort by $meta': find({}, { sort: { a: { $meta: 'textScore' } } }),
  'a collation': find({}, { collation: { locale: 'en' } }),
  'a hint': find({}, { hint: 'x' }),
  'a tailable cursor': find({}, { tailable: true }),
  'the read concern snapshot': find({}, { readConcern: { level: 'snapshot' } }),
  'fields of findAndModify': { findAndModify: c, query: {}, update: { $set: { a: 1 } }, fields: { a: 1 } },
  ...Object.fromEntries(
    ['$lookup', '$out', '$merge', '$addFields', '$unwind', '$count', '$sort', '$facet', '$changeStream'].map(
      (stage) => [`the stage ${stage}`, aggregate({ [stage]: {} })],
    ),
  ),
  'a $set of an expression': aggregate({ $set: { a: '$b' } }),
  'a $unionWith of a name alone': aggregate({ $unionWith: 'other' }),
  'statistics beyond the count': aggregate({ $collStats: { storageStats: {} } }),
  'a group by an expression': aggregate({ $group: { _id: { m: '$a' } } }),
  'a group by a path': aggregate({ $group: { _id: '$a.b' } }),
  'a sum of a field': group({ n: { $sum: '$a' } }),
  $avg: group({ n: { $avg: '$a' } }),
  $accumulator: group({ n: { $accumulator: {} } }),
  'a sparse index': index({ a: 1 }, { sparse: true }),
  'a partial index': index({ a: 1 }, { partialFilterExpression: { a: 1 } }),
  'an index with a collation': index({ a: 1 }, { collation: { locale: 'en' } }),
  'a text index': index({ a: 'text' }),
  'a geo index': index({ a: '2dsphere' }),
  'a wildcard index': index({ '$**': 1 }),
  'a capped collection': { create: c, capped: true, size: 1000 },
  'a view': { create: c, viewOn: 'x', pipeline: [] },
};

/** Commands that are not there at all, as a client would ask for them. */
const missing = [
  'explain',
  'dropIndexes',
  'collMod',
  'mapReduce',
  'listDatabases',
  'dbStats',
  'renameCollection',
];

const inTransaction = { autocommit: false, startTransaction: true, txnNumber: Long.fromNumber(1) };

export const refusalCases: readonly RefusalCase[] = [
  ...Object.entries(commands).map(([name, command]) => ({ name, command, code: 238 })),
  ...Object.entries(updates).map(([name, u]) => ({ name, command: update(u), code: 238 })),
  { name: 'an array filter', command: update({ $set: { a: 1 } }, { arrayFilters: [] }), code: 238 },
  { name: 'a sort of an update', command: update({ $set: { a: 1 } }, { sort: { a: 1 } }), code: 238 },
  { name: 'an upsert by $and', command: upsert({ $and: [{ a: 9 }] }), code: 238 },
  { name: 'an upsert by $or', command: upsert({ $or: [{ a: 9 }] }), code: 238 },
  ...missing.map((name) => ({ name: `the command ${name}`, command: { [name]: c }, code: 59 })),
  { name: 'a transaction', command: find({}, inTransaction), code: 263 },
  { name: 'a commit', command: { commitTransaction: 1 }, code: 263 },
];
