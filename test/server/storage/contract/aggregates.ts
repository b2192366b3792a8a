import type { Document } from 'bson';
import type { AggregateCase } from './cases.ts';

export const sales: readonly Document[] = [
  { _id: 1, shop: 'a', n: 5, tags: ['x', 'y'], day: { month: 1 } },
  { _id: 2, shop: 'b', n: 3, tags: [], day: { month: 1 } },
  { _id: 3, shop: 'a', n: 2, tags: ['y'], day: { month: 2 } },
  { _id: 4, shop: 'c' },
];

export const aggregateCases: readonly AggregateCase[] = [
  {
    name: 'counts documents',
    pipeline: [{ $match: { shop: 'a' } }, { $group: { _id: 1, n: { $sum: 1 } } }],
    result: [{ _id: 1, n: 2 }],
  },
  { name: 'counts nothing as nothing', pipeline: [{ $match: { shop: 'z' } }, { $count: 'all' }], result: [] },
  { name: '$count', pipeline: [{ $count: 'all' }], result: [{ all: 4 }] },
  {
    name: '$group with sums',
    pipeline: [{ $group: { _id: '$shop', sum: { $sum: '$n' }, of: { $sum: 1 } } }, { $sort: { _id: 1 } }],
    result: [
      { _id: 'a', sum: 7, of: 2 },
      { _id: 'b', sum: 3, of: 1 },
      { _id: 'c', sum: 0, of: 1 },
    ],
  },
  {
    name: '$group with extremes',
    pipeline: [{ $group: { _id: null, least: { $min: '$n' }, most: { $max: '$n' }, mean: { $avg: '$n' } } }],
    result: [{ _id: null, least: 2, most: 5, mean: 10 / 3 }],
  },
  {
    name: '$group with first and last',
    pipeline: [
      { $sort: { n: 1 } },
      { $group: { _id: null, first: { $first: '$shop' }, last: { $last: '$shop' } } },
    ],
    result: [{ _id: null, first: 'c', last: 'a' }],
  },
  {
    name: '$group with $push',
    pipeline: [{ $group: { _id: '$shop', ns: { $push: '$n' } } }, { $sort: { _id: 1 } }],
    result: [
      { _id: 'a', ns: [5, 2] },
      { _id: 'b', ns: [3] },
      { _id: 'c', ns: [] },
    ],
  },
  {
    name: '$group with $addToSet',
    pipeline: [{ $match: { shop: 'a' } }, { $group: { _id: null, shops: { $addToSet: '$shop' } } }],
    result: [{ _id: null, shops: ['a'] }],
  },
  {
    name: '$group by a document',
    pipeline: [{ $match: { n: { $gt: 2 } } }, { $group: { _id: { m: '$day.month' }, n: { $sum: '$n' } } }],
    result: [{ _id: { m: 1 }, n: 8 }],
  },
  {
    name: '$project includes',
    pipeline: [{ $match: { _id: 1 } }, { $project: { n: 1, 'day.month': 1 } }],
    result: [{ _id: 1, n: 5, day: { month: 1 } }],
  },
  {
    name: '$project excludes',
    pipeline: [{ $match: { _id: 1 } }, { $project: { tags: 0, day: 0, _id: 0 } }],
    result: [{ shop: 'a', n: 5 }],
  },
  {
    name: '$project computes',
    pipeline: [
      { $match: { _id: 1 } },
      { $project: { _id: 0, double: { $multiply: ['$n', 2] }, shop: '$shop' } },
    ],
    result: [{ double: 10, shop: 'a' }],
  },
  {
    name: '$addFields',
    pipeline: [{ $match: { _id: 4 } }, { $addFields: { n: { $ifNull: ['$n', 0] }, 'day.month': 3 } }],
    result: [{ _id: 4, shop: 'c', n: 0, day: { month: 3 } }],
  },
  {
    name: '$set and $unset',
    pipeline: [{ $match: { _id: 2 } }, { $set: { m: '$day.month' } }, { $unset: ['day', 'tags'] }],
    result: [{ _id: 2, shop: 'b', n: 3, m: 1 }],
  },
  {
    name: '$unwind',
    pipeline: [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
    result: [
      { _id: 1, tags: 'x' },
      { _id: 1, tags: 'y' },
      { _id: 3, tags: 'y' },
    ],
  },
  {
    name: '$unwind keeping the empty',
    pipeline: [
      { $match: { _id: { $in: [2, 4] } } },
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } },
      { $project: { tags: 1 } },
    ],
    result: [{ _id: 2 }, { _id: 4 }],
  },
  {
    name: '$skip and $limit',
    pipeline: [{ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { _id: 1 } }],
    result: [{ _id: 3 }, { _id: 2 }],
  },
  {
    name: '$replaceRoot',
    pipeline: [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: '$day' } }],
    result: [{ month: 1 }],
  },
  {
    name: '$cond and comparisons',
    pipeline: [
      { $match: { n: { $exists: true } } },
      { $project: { big: { $cond: [{ $gt: ['$n', 2] }, 'yes', 'no'] } } },
    ],
    result: [
      { _id: 1, big: 'yes' },
      { _id: 2, big: 'yes' },
      { _id: 3, big: 'no' },
    ],
  },
  {
    name: '$size and $in',
    pipeline: [
      { $match: { _id: 1 } },
      { $project: { size: { $size: '$tags' }, has: { $in: ['x', '$tags'] } } },
    ],
    result: [{ _id: 1, size: 2, has: true }],
  },
  {
    name: '$concat and case',
    pipeline: [
      { $match: { _id: 1 } },
      { $project: { text: { $concat: ['$shop', '-', { $toUpper: '$shop' }] } } },
    ],
    result: [{ _id: 1, text: 'a-A' }],
  },
];
