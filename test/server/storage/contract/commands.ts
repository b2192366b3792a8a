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
  { name: 'an empty $or', commands: [find({ $or: [] })], error: 2 },
  { name: 'an $and of numbers', commands: [find({ $and: [1] })], error: 2 },
  { name: '$in without an array', commands: [find({ a: { $in: 1 } })], error: 2 },
  { name: '$options without $regex', commands: [find({ a: { $options: 'i' } })], error: 2 },
  { name: 'a broken regular expression', commands: [find({ a: { $regex: '(' } })], error: 51091 },
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
  { name: 'dropping a missing collection', commands: [{ drop: 'nothing_here' }], answer: { ok: 1 } },
  { name: 'creating a collection twice', commands: [{ create: c }, { create: c }], answer: { ok: 1 } },
  {
    name: 'the same index twice',
    commands: [index({ a: 1 }), index({ a: 1 })],
    answer: { ok: 1, numIndexesBefore: 2, numIndexesAfter: 2 },
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
    name: 'findAndModify of nothing',
    commands: [{ create: c }, { findAndModify: c, query: { a: 1 }, update: { $set: { a: 2 } } }],
    answer: { value: null },
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
  { name: 'a $project of nothing', commands: [aggregate({ $project: {} })], error: 51272 },
  {
    name: 'statistics in the middle of a pipeline',
    commands: [aggregate({ $match: {} }, { $collStats: { count: {} } })],
    error: 40602,
  },
  {
    name: 'statistics of a missing collection',
    commands: [{ aggregate: 'nothing_here', pipeline: [{ $collStats: { count: {} } }], cursor: {} }],
    error: 26,
  },
  { name: 'a pipeline without a cursor', commands: [{ aggregate: c, pipeline: [] }], error: 9 },
  {
    name: 'a delete without a limit of 0 or 1',
    commands: [{ delete: c, deletes: [{ q: {}, limit: 2 }] }],
    answer: { writeErrors: [{ index: 0, code: 9 }] },
  },
];
