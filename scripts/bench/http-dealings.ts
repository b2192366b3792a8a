import type { Connection } from 'mongoose';
import { accountModel } from '../../server/accounts/model.ts';
import { createAudit, type AuditEntry } from '../../server/audit/audit.ts';
import { consortiumModel, type ConsortiumRecord } from '../../server/consortia/model.ts';
import { interestModel, type InterestRecord } from '../../server/interests/model.ts';
import { announcementModel, type AnnouncementRecord } from '../../server/news/model.ts';
import {
  importModel,
  importRowModel,
  type ImportRecord,
  type ImportRowRecord,
} from '../../server/imports/model.ts';
import {
  commentModel,
  practiceModel,
  type CommentRecord,
  type PracticeRecord,
} from '../../server/practices/model.ts';
import { periodModel, type PeriodRecord } from '../../server/reports/model.ts';
import { questionModel, type QuestionRecord } from '../../server/questions/model.ts';
import type { SmeRecord } from '../../server/smes/model.ts';
import { searchName } from '../../server/smes/search-name.ts';
import { useCaseModel, type UseCaseRecord } from '../../server/use-cases/model.ts';
import { BATCH, BENCH_CALL, accountRecord, insertAll, momentOf, type ProgrammeSize } from './http-records.ts';

/** Ids that questions of the measurement name. */
export const BENCH_DEALINGS = {
  practice: 'bench-practice-0',
  period: 'bench-period',
  upload: 'bench-upload',
} as const;

/** What people do with each other in a large programme: accounts, decisions, consortia, interests, news, questions and posts. */
export async function fillDealings(
  connection: Connection,
  size: ProgrammeSize,
  smes: readonly SmeRecord[],
): Promise<void> {
  const some = (every: number) => smes.filter((_, number) => number % every === 0);
  const people = some(4).map(({ _id }) =>
    accountRecord({ id: `of-${_id}`, role: 'sme', smeId: _id, passwordHash: '' }),
  );
  await insertAll(accountModel(connection), people);
  await insertAll(consortiumModel(connection), consortia(some(20)));
  await insertAll(interestModel(connection), interests(some(10), size));
  await insertAll(announcementModel(connection), times(size.clusters, announcement));
  await insertAll(practiceModel(connection), times(size.clusters, practice));
  await insertAll(questionModel(connection), times(size.clusters * 5, question));
  await insertAll(useCaseModel(connection), times(size.clusters, useCase));
  await insertAll(commentModel(connection), times(size.clusters, comment));
  await insertAll(importModel(connection), [upload(some(4).length)]);
  await insertAll(importRowModel(connection), some(4).map(importedRow));
  await fillLog(connection, smes);
  // Last, as it tells that everything is written.
  await insertAll(periodModel(connection), [PERIOD]);
}

const times = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, number) => make(number));

/** One entry for each SME, chained as the log is. */
async function fillLog(connection: Connection, smes: readonly SmeRecord[]): Promise<void> {
  let now = 0;
  const audit = createAudit({ connection, clock: () => momentOf(smes.length - now++) });
  const entries = smes.map(({ _id, clusterId, country }, number): AuditEntry => ({
    actor: 'system',
    action: number % 10 === 9 ? 'sme.hand-over' : 'sme.register',
    thing: { kind: 'sme', id: _id },
    before: null,
    after: { clusterId, country },
  }));
  for (let from = 0; from < entries.length; from += BATCH) {
    await audit.appendAfter(await audit.head(), entries.slice(from, from + BATCH));
  }
}

/** Neighbours in this list, two by two. */
function consortia(of: readonly SmeRecord[]): ConsortiumRecord[] {
  return of.flatMap((one, number) => {
    const other = of[number + 1];
    if (number % 2 === 1 || other === undefined) return [];
    const [a = '', b = ''] = [one._id, other._id].sort();
    const state = number % 6 === 4 ? ('withdrawn' as const) : ('proposed' as const);
    const _id = `bench-consortium-${number}`;
    return {
      _id,
      callId: BENCH_CALL,
      rulesVersion: 1,
      eventId: null,
      a,
      b,
      smeIds: [a, b],
      clusterIds: [one.clusterId ?? '', other.clusterId ?? ''],
      state,
      openKey: state === 'withdrawn' ? _id : `${BENCH_CALL} ${a} ${b}`,
      details: {
        instrumentId: null,
        title: `Project ${number}`,
        summary: '',
        solutionA: null,
        solutionB: null,
        leadSmeId: a,
      },
      version: 1,
      revision: 1,
      confirmedA: null,
      confirmedB: null,
      reason: '',
      createdAt: momentOf(number),
      updatedAt: momentOf(number),
      formedAt: null,
      untold: false,
    };
  });
}

function interests(of: readonly SmeRecord[], size: ProgrammeSize): InterestRecord[] {
  return of.map(({ _id: smeId }, number) => ({
    _id: `bench-interest-${number}`,
    needId: `bench-need-${(number * 3) % size.needs}`,
    ownerId: number % 10 === 0 ? 'bench-demand' : null,
    smeIds: [smeId],
    startedBy: 'sme' as const,
    starterSmeId: smeId,
    waitsFor: ['demand'],
    shown: true,
    state: 'open' as const,
    version: 1,
    message: 'We have what you ask for.',
    endedBy: null,
    reason: '',
    openKey: `bench-interest-${number}`,
    createdAt: momentOf(number),
    updatedAt: momentOf(number),
  }));
}

const WORDS =
  'What is written here is as long as what people write: some lines with what is new, when, and for whom. '.repeat(
    4,
  );
const NOBODY = { roles: [], countries: [], clusterIds: [] };

function announcement(number: number): AnnouncementRecord {
  const title = `News ${number}`;
  return {
    _id: `bench-news-${number}`,
    key: `bench-news-${number}`,
    version: 1,
    title,
    words: WORDS,
    searchText: searchName(`${title} ${WORDS}`),
    links: [],
    target: number % 3 === 0 ? { ...NOBODY, roles: ['cluster'] } : { ...NOBODY },
    earlyAt: null,
    publicAt: momentOf(number),
    mail: false,
    state: 'published',
    at: momentOf(number),
    toldEarly: true,
    changedAt: null,
    reason: '',
    createdAt: momentOf(number),
  };
}

function practice(number: number): PracticeRecord {
  const title = `How we did it, part ${number}`;
  return {
    _id: `bench-practice-${number}`,
    key: `bench-practice-${number}`,
    version: 1,
    title,
    words: WORDS,
    topic: 'other',
    links: [],
    searchText: searchName(`${title} ${WORDS}`),
    authorId: 'bench-cluster',
    clusterId: `bench-cluster-${number}`,
    hidden: false,
    reason: '',
    createdAt: momentOf(number),
    changedAt: null,
  };
}

const PERIOD: PeriodRecord = {
  _id: BENCH_DEALINGS.period,
  version: 1,
  name: 'Spring',
  from: '2026-01-01',
  to: '2026-03-31',
  dueOn: '2026-04-30',
  createdAt: momentOf(0),
};

/** All on one post. */
function comment(number: number): CommentRecord {
  return {
    _id: `bench-comment-${number}`,
    key: `bench-comment-${number}`,
    version: 1,
    practiceId: BENCH_DEALINGS.practice,
    words: WORDS,
    authorId: 'bench-cluster',
    clusterId: `bench-cluster-${number}`,
    hidden: false,
    reason: '',
    createdAt: momentOf(number),
  };
}

/** A file of this many rows that was taken in. */
function upload(rows: number): ImportRecord {
  return {
    _id: BENCH_DEALINGS.upload,
    clusterId: null,
    createdBy: 'bench-staff',
    createdByName: 'Bench staff',
    byStaff: true,
    fileName: 'members.csv',
    state: 'committed',
    problem: null,
    checked: true,
    rows: { total: rows, accepted: 0, refused: 0, duplicates: 0, created: rows, merged: 0, skipped: 0 },
    ignoredColumns: [],
    duplicates: 'skip',
    createdAt: momentOf(0),
    committedAt: momentOf(0),
  };
}

function importedRow(sme: SmeRecord, number: number): ImportRowRecord {
  return {
    _id: `${BENCH_DEALINGS.upload}:${number}`,
    importId: BENCH_DEALINGS.upload,
    line: number + 2,
    name: sme.name,
    country: sme.country,
    outcome: 'created',
    issues: [],
    duplicateOf: null,
    decision: null,
    smeId: sme._id,
    targetId: null,
    clusterId: sme.clusterId,
    externalId: null,
    source: null,
    input: null,
  };
}

function question(number: number): QuestionRecord {
  const subject = `Question ${number}`;
  const clusterId = `bench-cluster-${Math.floor(number / 5)}`;
  return {
    _id: `bench-question-${number}`,
    key: `bench-question-${number}`,
    version: 1,
    subject,
    topic: 'call',
    searchText: searchName(`${subject} ${WORDS}`),
    state: number % 4 === 0 ? 'open' : 'answered',
    askedBy: `cluster:${clusterId}`,
    askerRole: 'cluster',
    clusterId,
    smeId: null,
    authorId: 'bench-cluster',
    assigneeId: null,
    messages: [{ id: 'm1', from: 'asker', byId: 'bench-cluster', words: WORDS, at: momentOf(number) }],
    faqId: null,
    createdAt: momentOf(number),
    updatedAt: momentOf(number),
  };
}

function useCase(number: number): UseCaseRecord {
  const title = `Use case ${number}`;
  return {
    _id: `bench-use-case-${number}`,
    version: 1,
    clusterId: `bench-cluster-${number}`,
    country: 'FR',
    title,
    titleKey: searchName(title),
    problem: WORDS,
    done: WORDS,
    result: WORDS,
    field: 'protection_public_spaces',
    link: null,
    solutions: [],
    shownKeys: [],
    askedSmes: [],
    state: 'published',
    takenDown: false,
    reason: '',
    createdAt: momentOf(number),
    updatedAt: momentOf(number),
  };
}
