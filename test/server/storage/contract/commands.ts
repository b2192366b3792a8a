import { Long } from 'bson';
import type { CommandCase } from './cases.ts';

const c = '$collection';
const index = (key: object, options: object = {}): object => ({
  createIndexes: c,
  indexes: [{ key, name: `${Object.keys(key).join('_')}_1`, ...options }],
});
const insert = (...documents: object[]): object => ({ insert: c, documents });
const find = (filter: object): object => ({ find: c, filter });
const aggregate = (...pipeline: object[]): object => ({ aggregate: c, pipeline, cursor: {} });

export const commandCases: readonly CommandCase[] = [
  { name: 'an unknown command', commands: [{ nope: 1 }], error: 59 },
  { name: 'an unknown operator in a filter', commands: [find({ a: { $nope: 1 } })], error: 2 },
  { name: 'an unknown operator at the top of a filter', commands: [find({ $nope: 1 })], error: 2 },
  { name: 'an empty $or', commands: [find({ $or: [] })], error: 2 },
  { name: 'an $and of numbers', commands: [find({ $and: [1] })], error: 2 },
  { name: '$in without an array', commands: [find({ a: { $in: 1 } })], error: 2 },
  { name: '$size of text', commands: [find({ a: { $size: 'x' } })], error: 2 },
  { name: '$size below zero', commands: [find({ a: { $size: -1 } })], error: 2 },
  { name: '$not of a number', commands: [find({ a: { $not: 1 } })], error: 2 },
  { name: '$mod by zero', commands: [find({ a: { $mod: [0, 1] } })], error: 2 },
  { name: '$options without $regex', commands: [find({ a: { $options: 'i' } })], error: 2 },
  { name: 'a broken regular expression', commands: [find({ a: { $regex: '(' } })], error: 51091 },
  { name: '$elemMatch of a number', commands: [find({ a: { $elemMatch: 1 } })], error: 2 },
  { name: '$type of an unknown name', commands: [find({ a: { $type: 'nope' } })], error: 2 },
  { name: '$gt of a regular expression', commands: [find({ a: { $gt: /x/ } })], error: 2 },
  { name: 'a filter that is no document', commands: [{ find: c, filter: 1 }], error: 14 },
  { name: 'a limit below zero', commands: [{ find: c, filter: {}, limit: -1 }], error: 51024 },
  {
    name: 'a mixed projection',
    commands: [{ find: c, filter: {}, projection: { a: 1, b: 0 } }],
    error: 31254,
  },
  {
    name: 'a mixed projection the other way',
    commands: [{ find: c, filter: {}, projection: { a: 0, b: 1 } }],
    error: 31253,
  },
  { name: 'a dead cursor', commands: [{ getMore: Long.fromNumber(12345), collection: c }], error: 43 },
  { name: 'a collection without a name', commands: [{ find: '', filter: {} }], error: 73 },
  {
    name: 'a missing collection reads as empty',
    commands: [{ count: 'nothing_here', query: {} }],
    answer: { n: 0, ok: 1 },
  },
  { name: 'the indexes of a missing collection', commands: [{ listIndexes: 'nothing_here' }], error: 26 },
  {
    name: 'dropping the indexes of a missing collection',
    commands: [{ dropIndexes: 'nothing_here', index: '*' }],
    error: 26,
  },
  { name: 'dropping a missing collection', commands: [{ drop: 'nothing_here' }], answer: { ok: 1 } },
  { name: 'dropping the _id index', commands: [{ create: c }, { dropIndexes: c, index: '_id_' }], error: 72 },
  {
    name: 'dropping an index that is not there',
    commands: [{ create: c }, { dropIndexes: c, index: 'nope' }],
    error: 27,
  },
  { name: 'creating a collection twice', commands: [{ create: c }, { create: c }], answer: { ok: 1 } },
  {
    name: 'the same index twice',
    commands: [index({ a: 1 }), index({ a: 1 })],
    answer: { ok: 1, note: 'all indexes already exist' },
  },
  {
    name: 'the same index with another name',
    commands: [index({ a: 1 }), index({ a: 1 }, { name: 'other' })],
    error: 85,
  },
  {
    name: 'another index of the same name',
    commands: [index({ a: 1 }), index({ b: 1 }, { name: 'a_1' })],
    error: 86,
  },
  {
    name: 'an index without keys',
    commands: [{ createIndexes: c, indexes: [{ key: {}, name: 'x' }] }],
    error: 67,
  },
  {
    name: 'a unique index over duplicates',
    commands: [insert({ _id: 1, a: 1 }, { _id: 2, a: 1 }), index({ a: 1 }, { unique: true })],
    error: 11000,
  },
  {
    name: 'parallel arrays in an index',
    commands: [
      index({ a: 1, b: 1 }),
      { findAndModify: c, query: { _id: 1 }, update: { $set: { a: [1], b: [1] } }, upsert: true },
    ],
    error: 171,
  },
  {
    name: 'a duplicate in findAndModify',
    commands: [
      index({ a: 1 }, { unique: true }),
      insert({ _id: 1, a: 1 }, { _id: 2, a: 2 }),
      { findAndModify: c, query: { _id: 2 }, update: { $set: { a: 1 } } },
    ],
    error: 11000,
  },
  { name: 'findAndModify without a change', commands: [{ findAndModify: c, query: {} }], error: 9 },
  {
    name: 'findAndModify gives the old document',
    commands: [insert({ _id: 1, a: 1 }), { findAndModify: c, query: {}, update: { $set: { a: 2 } } }],
    answer: { value: { _id: 1, a: 1 }, lastErrorObject: { n: 1, updatedExisting: true } },
  },
  {
    name: 'findAndModify gives the new document',
    commands: [
      insert({ _id: 1, a: 1 }),
      { findAndModify: c, query: {}, update: { $set: { a: 2 } }, new: true },
    ],
    answer: { value: { _id: 1, a: 2 } },
  },
  {
    name: 'findAndModify sorts',
    commands: [
      insert({ _id: 1, a: 1 }, { _id: 2, a: 2 }),
      { findAndModify: c, query: {}, sort: { a: -1 }, remove: true },
    ],
    answer: { value: { _id: 2, a: 2 }, lastErrorObject: { n: 1 } },
  },
  {
    name: 'findAndModify shows chosen fields',
    commands: [
      insert({ _id: 1, a: 1, b: 2 }),
      { findAndModify: c, query: {}, update: { $set: { a: 2 } }, fields: { b: 1 } },
    ],
    answer: { value: { _id: 1, b: 2 } },
  },
  {
    name: 'findAndModify of nothing',
    commands: [{ create: c }, { findAndModify: c, query: { a: 1 }, update: { $set: { a: 2 } } }],
    answer: { value: null },
  },
  {
    name: 'an update of many by a replacement',
    commands: [{ update: c, updates: [{ q: {}, u: { a: 1 }, multi: true }] }],
    answer: { writeErrors: [{ index: 0, code: 9 }] },
  },
  {
    name: 'an _id that is an array',
    commands: [insert({ _id: [1] })],
    answer: { n: 0, writeErrors: [{ index: 0, code: 53 }] },
  },
  {
    name: 'an ordered insert stops at a duplicate',
    commands: [insert({ _id: 1 }, { _id: 1 }, { _id: 2 })],
    answer: { n: 1, writeErrors: [{ index: 1, code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } }] },
  },
  {
    name: 'an unordered insert goes on',
    commands: [{ ...insert({ _id: 1 }, { _id: 1 }, { _id: 2 }), ordered: false }],
    answer: { n: 2, writeErrors: [{ index: 1, code: 11000 }] },
  },
  {
    name: 'distinct opens arrays',
    commands: [
      insert({ _id: 1, a: [1, 2] }, { _id: 2, a: 2 }, { _id: 3, a: 'x' }),
      { distinct: c, key: 'a' },
    ],
    answer: { values: [1, 2, 'x'] },
  },
  {
    name: 'count with skip and limit',
    commands: [insert({ _id: 1 }, { _id: 2 }, { _id: 3 }), { count: c, query: {}, skip: 1, limit: 1 }],
    answer: { n: 1 },
  },
  { name: 'a stage of two fields', commands: [aggregate({ $match: {}, $limit: 1 })], error: 40323 },
  { name: 'a limit of zero in a pipeline', commands: [aggregate({ $limit: 0 })], error: 15958 },
  { name: 'a group without an _id', commands: [aggregate({ $group: { n: { $sum: 1 } } })], error: 15955 },
  { name: 'a pipeline without a cursor', commands: [{ aggregate: c, pipeline: [] }], error: 9 },
  {
    name: 'a delete without a limit of 0 or 1',
    commands: [{ delete: c, deletes: [{ q: {}, limit: 2 }] }],
    answer: { writeErrors: [{ index: 0, code: 9 }] },
  },
  // what only a real MongoDB can do is refused, never ignored
  {
    name: '$lookup',
    commands: [aggregate({ $lookup: { from: 'x', as: 'y', pipeline: [] } })],
    error: 238,
    embeddedOnly: true,
  },
  { name: '$out', commands: [aggregate({ $out: 'x' })], error: 238, embeddedOnly: true },
  { name: '$merge', commands: [aggregate({ $merge: 'x' })], error: 238, embeddedOnly: true },
  { name: '$where', commands: [find({ $where: 'true' })], error: 238, embeddedOnly: true },
  {
    name: '$function',
    commands: [aggregate({ $project: { a: { $function: { body: 'x', args: [], lang: 'js' } } } })],
    error: 238,
    embeddedOnly: true,
  },
  {
    name: '$accumulator',
    commands: [aggregate({ $group: { _id: 1, a: { $accumulator: {} } } })],
    error: 238,
    embeddedOnly: true,
  },
  { name: '$text', commands: [find({ $text: { $search: 'x' } })], error: 238, embeddedOnly: true },
  { name: '$expr', commands: [find({ $expr: { $eq: [1, 1] } })], error: 238, embeddedOnly: true },
  { name: '$near', commands: [find({ a: { $near: [1, 1] } })], error: 238, embeddedOnly: true },
  { name: 'a change stream', commands: [aggregate({ $changeStream: {} })], error: 40573, embeddedOnly: true },
  {
    name: 'a partial index',
    commands: [index({ a: 1 }, { partialFilterExpression: { a: 1 } })],
    error: 238,
    embeddedOnly: true,
  },
  { name: 'a text index', commands: [index({ a: 'text' })], error: 238, embeddedOnly: true },
  { name: 'a geo index', commands: [index({ a: '2dsphere' })], error: 238, embeddedOnly: true },
  { name: 'a wildcard index', commands: [index({ '$**': 1 })], error: 238, embeddedOnly: true },
  {
    name: 'an index with a collation',
    commands: [index({ a: 1 }, { collation: { locale: 'en' } })],
    error: 238,
    embeddedOnly: true,
  },
  {
    name: 'a collation',
    commands: [{ find: c, filter: {}, collation: { locale: 'en' } }],
    error: 238,
    embeddedOnly: true,
  },
  {
    name: 'a capped collection',
    commands: [{ create: c, capped: true, size: 1000 }],
    error: 238,
    embeddedOnly: true,
  },
  { name: 'a view', commands: [{ create: c, viewOn: 'x', pipeline: [] }], error: 238, embeddedOnly: true },
  { name: 'a hint', commands: [{ find: c, filter: {}, hint: 'x' }], error: 238, embeddedOnly: true },
  {
    name: 'a tailable cursor',
    commands: [{ find: c, filter: {}, tailable: true }],
    error: 238,
    embeddedOnly: true,
  },
  {
    name: 'a transaction',
    commands: [
      { ...insert({ _id: 1 }), autocommit: false, startTransaction: true, txnNumber: Long.fromNumber(1) },
    ],
    error: 263,
    embeddedOnly: true,
  },
  { name: 'a commit', commands: [{ commitTransaction: 1 }], error: 263, embeddedOnly: true },
  {
    name: 'PCRE syntax that JavaScript reads differently',
    commands: [find({ a: { $regex: '\\Aabc' } })],
    error: 238,
    embeddedOnly: true,
  },
];
