import type { Document } from 'bson';
import type { AggregateCase } from './cases.ts';

export const sales: readonly Document[] = [
  { _id: 1, shop: 'a', n: 5 },
  { _id: 2, shop: 'b', n: 3 },
  { _id: 3, shop: 'a', n: 2 },
  { _id: 4 },
];

export const aggregateCases: readonly AggregateCase[] = [
  {
    name: 'counts documents',
    pipeline: [{ $match: { shop: 'a' } }, { $group: { _id: 1, n: { $sum: 1 } } }],
    result: [{ _id: 1, n: 2 }],
  },
  {
    name: 'counts nothing as nothing',
    pipeline: [{ $match: { shop: 'z' } }, { $group: { _id: 1, n: { $sum: 1 } } }],
    result: [],
  },
  {
    name: 'counts after $skip and $limit',
    pipeline: [{ $match: {} }, { $skip: 1 }, { $limit: 2 }, { $group: { _id: 1, n: { $sum: 1 } } }],
    result: [{ _id: 1, n: 2 }],
  },
  {
    name: '$limit',
    pipeline: [{ $match: { n: { $lt: 5 } } }, { $limit: 1 }],
    result: [{ _id: 2, shop: 'b', n: 3 }],
  },
  {
    name: '$group by a field, missing as null',
    pipeline: [{ $group: { _id: '$shop', of: { $sum: 1 }, twice: { $sum: 2 } } }],
    result: [
      { _id: 'a', of: 2, twice: 4 },
      { _id: 'b', of: 1, twice: 2 },
      { _id: null, of: 1, twice: 2 },
    ],
  },
  {
    name: '$group without sums',
    pipeline: [{ $match: { n: { $gt: 1 } } }, { $group: { _id: '$shop' } }],
    result: [{ _id: 'a' }, { _id: 'b' }],
  },
  {
    name: 'some fields, and a number in each',
    pipeline: [{ $match: { n: { $gte: 3 } } }, { $project: { n: 1 } }, { $set: { of: 7 } }],
    result: [
      { _id: 1, n: 5, of: 7 },
      { _id: 2, n: 3, of: 7 },
    ],
  },
  {
    name: 'the number of documents as the collection knows it',
    pipeline: [{ $collStats: { count: {} } }, { $project: { count: 1 } }, { $set: { of: 1 } }],
    result: [{ count: 4, of: 1 }],
  },
  {
    name: 'several questions one after the other',
    pipeline: [
      { $match: { n: { $lt: 3 } } },
      { $project: { n: 1 } },
      {
        $unionWith: {
          coll: '$collection',
          pipeline: [{ $collStats: { count: {} } }, { $project: { count: 1 } }],
        },
      },
      { $unionWith: { coll: '$collection', pipeline: [{ $match: { shop: 'b' } }] } },
      { $unionWith: { coll: 'nothing_here', pipeline: [{ $match: { shop: 'b' } }] } },
    ],
    result: [{ _id: 3, n: 2 }, { count: 4 }, { _id: 2, shop: 'b', n: 3 }],
  },
];
